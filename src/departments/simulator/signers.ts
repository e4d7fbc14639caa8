import { createHash } from 'node:crypto';
import { signingKey } from '../signature.js';
import { SOURCES } from '../sources.js';
import type { Source } from '../contract.js';
import type { SigningKey } from '../signature.js';
import type { Letter } from './letters.js';

/** A key that no house has: the same in every run. */
const keyOfNobody = (name: string): SigningKey =>
  signingKey(`whsec_${createHash('sha256').update(`one door departments/${name}`).digest('base64')}`);

/** The key a letter is signed with. A lone department has no neighbour; then nobody's key stands in. */
export function signerOf(
  { source, signedBy }: Pick<Letter, 'source' | 'signedBy'>,
  signingKeys: Readonly<Record<Source, readonly SigningKey[]>>,
): SigningKey {
  switch (signedBy) {
    case 'own': {
      const [key] = signingKeys[source] ?? [];
      if (key === undefined) throw new TypeError(`no signing key for ${source}`);
      return key;
    }
    case 'neighbour': {
      const neighbour = SOURCES.find((each) => each !== source);
      return (neighbour === undefined ? undefined : signingKeys[neighbour]?.[0]) ?? keyOfNobody('neighbour');
    }
    case 'stranger':
    case 'retired':
      return keyOfNobody(`${signedBy}/${source}`);
  }
}
