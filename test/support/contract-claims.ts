import { expect, it } from 'vitest';
import { ROLES } from '../../src/terms/index.js';
import { PREPARATIONS } from '../contract/preparations.js';
import { operationOf } from './contract-names.js';
import type { HouseContract } from './contract-run.js';

/** What has to be true of a run, large or small. */
export function claimContract(
  run: () => HouseContract,
  { requests, perRole }: { requests: number; perRole: number },
): void {
  it(`sends ${requests} requests, ${perRole} or more as each role`, () => {
    const report = run().report;
    expect(report.requests).toBeGreaterThanOrEqual(requests - report.unsendable);
    expect(report.unsendable).toBeLessThan(requests / 20);
    expect(ROLES.filter((role) => (report.roles[role] ?? 0) < perRole)).toEqual([]);
  });

  it('has a preparation for every operation of the document, and for no other', () => {
    expect({ unprepared: run().unprepared, unknown: run().unknown }).toEqual({ unprepared: [], unknown: [] });
  });

  it('brings every operation to a 2xx', () => {
    const { statuses, sure } = run().report;
    const missed = sure.filter(({ status }) => status < 200 || status >= 300);
    expect(missed.map(({ name, status, code, text }) => ({ name, status, code, text }))).toEqual([]);
    const never = Object.keys(PREPARATIONS).filter((name) => !statuses[operationOf(name)]?.['2xx']);
    expect(never).toEqual([]);
  });

  it('never gets a 5xx', () => {
    const broken = Object.entries(run().report.statuses).filter(([, counts]) => counts['5xx']);
    expect(broken).toEqual([]);
  });

  it('finds nothing that breaks the contract', () => {
    const { failures } = run().report;
    expect(failures.map(({ operation, check, examples }) => ({ operation, check, ...examples[0] }))).toEqual(
      [],
    );
  });
}
