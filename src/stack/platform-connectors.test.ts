import { describe, expect, it } from 'vitest';
import { keyFor } from '../departments/test-support.js';
import type { VerificationPlatform } from '../policy/rulebook-types.js';
import { rulebookWith } from '../../test/support/rulebook.js';
import { platformConnectors, platformsIn } from './platform-connectors.js';

const asking = (verification_platform: VerificationPlatform) => rulebookWith({ verification_platform });
const good: VerificationPlatform = { platform: 'provincial_platform', sources: ['bank', 'tax'] };

describe('the platforms that places ask through', () => {
  it('are those of every place, once each', () => {
    expect(platformsIn(asking(good))).toEqual(['provincial_platform']);
  });

  it.each<[string, Partial<VerificationPlatform>, string]>([
    ['there are', { platform: 'city_platform' }, 'there is no platform city_platform'],
    ['speak for the source', { sources: ['payment_institution'] }, 'does not speak for payment_institution'],
  ])('must be ones that %s', (_, changes, reason) => {
    expect(() => platformsIn(asking({ ...good, ...changes }))).toThrow(reason);
  });

  it('need a key, and then are asked with it', () => {
    const connect = ({ platform }: { platform: string }) => ({
      source: platform,
      ask: () => Promise.resolve({ kind: 'accepted' as const }),
    });
    const rulebook = asking(good);
    const keys = { provincial_platform: [keyFor('provincial_platform')] };
    expect(Object.keys(platformConnectors({ rulebook, keys, connect }))).toEqual(['provincial_platform']);
    expect(() => platformConnectors({ rulebook, keys: {}, connect })).toThrow(
      'ONEDOOR_WEBHOOK_KEYS holds no whsec_ secret for provincial_platform',
    );
  });
});
