import type { Sql } from 'postgres';
import { purposeOf, seal } from '../../src/casefile/crypto/sealed.js';
import type { Vault } from '../../src/casefile/vault.js';
import { idNumber } from '../../test/support/household.js';
import { copyOfId } from './multiply.js';

const SURNAMES = Array.from('王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗');
const GIVEN = Array.from('守田长河秀英建国玉兰德明桂花永福春生淑珍');

interface Copied {
  readonly id: string;
  readonly case_no: string;
  readonly key_id: string;
  readonly n: number;
  readonly place: number;
}

/** The person at `place` of the nth household: invented, and nobody else has the number. */
export function personOf(n: number, place: number): { name: string; number: string } {
  const serial = n * 10 + place;
  const pick = (from: readonly string[], by: number): string => from[by % from.length] ?? '';
  const name = pick(SURNAMES, serial) + pick(GIVEN, serial * 7) + pick(GIVEN, serial * 11 + 3);
  const year = 1930 + (serial % 90);
  const month = String(1 + (Math.floor(serial / 90) % 12)).padStart(2, '0');
  const day = String(1 + (Math.floor(serial / 1_080) % 28)).padStart(2, '0');
  const region = String(441_600 + (Math.floor(serial / 30_240_000) % 90));
  return { name, number: idNumber(region, `${year}${month}${day}`, Math.floor(serial / 30_240) % 1000) };
}

/** Persons of the copies with names and numbers of their own, each encrypted under a key of their own as a clerk's entry is. */
export async function copyPeople(sql: Sql, vault: Vault, template: string): Promise<void> {
  const copied = sql<Copied[]>`
    SELECT ${sql.unsafe(copyOfId('t.id'))} AS id, k.case_no, ${sql.unsafe(copyOfId('t.key_id'))} AS key_id, k.n,
      (row_number() OVER (PARTITION BY k.n ORDER BY t.id))::integer AS place
    FROM persons t CROSS JOIN copies k WHERE t.case_no = ${template} AND k.template = ${template}`;
  const people = await copied;
  for (let at = 0; at < people.length; at += 2_000) await write(sql, vault, people.slice(at, at + 2_000));
}

async function write(sql: Sql, vault: Vault, people: readonly Copied[]): Promise<void> {
  const made = people.map((each) => {
    const { name, number } = personOf(each.n, each.place);
    const key = vault.keyring.newDataKey(each.key_id);
    const sealed = (column: string, text: string): string =>
      hex(seal(key.plain, key.keyId, text, purposeOf({ table: 'persons', column, row: each.id })));
    return {
      ...each,
      kek: key.kekId,
      wrapped: hex(key.wrapped),
      name: sealed('name', name),
      number: sealed('id_number', number),
      index: vault.blindIndex.of('id_number', number),
    };
  });
  const column = (pick: (each: (typeof made)[number]) => string): string[] => made.map(pick);
  await sql`INSERT INTO data_keys (id, owner, case_no, kek_id, wrapped)
    SELECT id, 'person', case_no, kek, decode(wrapped, 'hex') FROM unnest(${column((p) => p.key_id)}::uuid[], ${column((p) => p.case_no)}::text[],
      ${column((p) => p.kek)}::text[], ${column((p) => p.wrapped)}::text[]) AS made (id, case_no, kek, wrapped)`;
  await sql`INSERT INTO persons (id, case_no, key_id, name, id_status, id_number, id_index)
    SELECT id, case_no, key_id, decode(name, 'hex'), 'valid', decode(number, 'hex'), "index" FROM unnest(${column((p) => p.id)}::uuid[],
      ${column((p) => p.case_no)}::text[], ${column((p) => p.key_id)}::uuid[], ${column((p) => p.name)}::text[],
      ${column((p) => p.number)}::text[], ${column((p) => p.index)}::text[]) AS made (id, case_no, key_id, name, number, "index")`;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
