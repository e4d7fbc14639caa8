import { describe, expect, it } from 'vitest';
import { ALL_HOLD, demo } from './program.js';

describe('onedoor demo --case', () => {
  it.each([
    ['db09', { outcome: 'confirmed', monthlyBenefitFen: 6_000 }],
    ['above-standard', { outcome: 'refused', monthlyBenefitFen: 0 }],
    ['contradiction', { outcome: 'confirmed', monthlyBenefitFen: 5_000 }],
    ['namesake', { outcome: 'confirmed', monthlyBenefitFen: 6_000 }],
    ['correction-after-opinion', { outcome: 'confirmed', monthlyBenefitFen: 8_000 }],
  ])('examples/%s.json ends lawfully', async (name, expected) => {
    const { exit, stdout, stderr } = await demo('--json', '--case', `examples/${name}.json`);
    expect(exit, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ ...expected, verify: ALL_HOLD });
  });

  it.each([
    ['zh', /案卷 AP-441625103-2026-00001[^]*受理[^]*每月 60 元[^]*I14 +0 +通过/],
    ['en', /Timeline of AP-441625103-2026-00001[^]*accepted[^]*60 yuan a month[^]*I14 +0 +holds/],
  ])('the timeline can be read in %s', async (lang, readable) => {
    const { exit, stdout, stderr } = await demo('--lang', lang);
    expect(exit, stderr).toBe(0);
    expect(stdout).toMatch(readable);
  });
});
