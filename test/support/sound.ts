import { expect } from 'vitest';
import { sealHeads } from '../../src/casefile/audit-log.js';
import { inCasefile } from '../../src/casefile/tx.js';
import { runVerify } from '../../src/stack/verify.js';
import { dateAt, instant } from '../../src/terms/index.js';
import { badEnds } from './executions.js';
import type { TestHouse } from './house.js';

/** The whole of `onedoor verify` over a house at rest: no findings, nothing unknown. */
export async function verifiedAfter(house: TestHouse): Promise<void> {
  await house.quiet();
  const now = await house.time.now();
  await inCasefile(house.database.casefile, { actor: 'system:sealer', on: dateAt(now) }, sealHeads);
  const report = await runVerify({
    reader: house.database.reader,
    temporal: house.temporal,
    rulebook: house.rulebook,
    logFiles: [],
    now,
    realNow: instant(Date.now()),
    patience: { unsealedMs: 60_000 },
  });
  expect(
    report.checks.flatMap(({ invariant, findings }) => findings.map((each) => ({ invariant, ...each }))),
  ).toEqual([]);
  expect(report.exitCode).toBe(0);
}

/** The same, and no execution that failed. */
export async function soundAfter(house: TestHouse): Promise<void> {
  await verifiedAfter(house);
  expect(await badEnds(house.temporal)).toEqual([]);
}
