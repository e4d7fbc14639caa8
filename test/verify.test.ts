import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Invariant } from '../src/casefile/invariants/check.js';
import { openDatabase } from '../src/casefile/db.js';
import type { CaseNo } from '../src/terms/index.js';
import { renderReport } from '../src/stack/verify-report.js';
import type { Report } from '../src/stack/verify.js';
import { idNumber } from './support/household.js';
import { openTestRecord, type TestRecord } from './support/record.js';
import { on } from './support/walk.js';

/** A household in benefit, one before the county's decision, one just come in. */
let record: TestRecord;
let granted: CaseNo;
let reviewed: CaseNo;
let fresh: CaseNo;
let folder: string;

beforeAll(async () => {
  record = await openTestRecord();
  granted = await record.walker.walkTo('in_benefit');
  reviewed = await record.walker.walkTo('county_reviewed');
  fresh = await record.walker.walkTo('submitted');
  await record.seal();
  folder = await mkdtemp(join(tmpdir(), 'onedoor-verify-'));
});
afterAll(async () => {
  await record.database.drop();
  await rm(folder, { recursive: true, force: true });
});

const found = (report: Report, invariant: Invariant) =>
  report.checks.find((check) => check.invariant === invariant)?.findings ?? [];
const id = async (query: string): Promise<string> => {
  const [row] = await record.database.admin.sql.unsafe<{ id: string }[]>(query);
  return row?.id ?? '';
};

describe('a sound case file', () => {
  it('has no findings; what rests on Temporal is unknown without it, so the exit code is 3', async () => {
    const report = await record.verify();
    expect(report.checks.flatMap((check) => check.findings)).toEqual([]);
    expect(report.checks.filter((check) => check.unknown).map((check) => check.invariant)).toEqual([
      'I1',
      'I2',
      'I11',
      'I13',
    ]);
    expect(report.exitCode).toBe(3);
    for (const check of report.checks)
      if (check.invariant !== 'I2') expect(check.checked, check.invariant).toBeGreaterThan(0);
    expect(renderReport(report)).toContain('0 findings, 4 unknown');
  });

  it('is unknown throughout without a reader, or with one that cannot connect', async () => {
    const nowhere = openDatabase('postgres://nobody:nothing@127.0.0.1:1/nowhere', { max: 1 });
    for (const reader of [null, nowhere]) {
      const report = await record.verify({ reader });
      expect(report.exitCode).toBe(3);
      expect(report.checks.map((check) => check.unknown !== undefined)).toEqual(
        report.checks.map(() => true),
      );
    }
    await nowhere.close();
  });
});

interface Plant {
  readonly invariant: Invariant;
  readonly what: string;
  readonly sql: () => Promise<string[]> | string[];
  readonly names: () => Promise<string> | string;
  readonly problem: RegExp;
}

const plants: Plant[] = [
  {
    invariant: 'I1',
    what: 'an acknowledged application that is gone',
    sql: () => [`DELETE FROM applications WHERE case_no = '${fresh}'`],
    names: () => fresh,
    problem: /acknowledged, and no such application/,
  },
  {
    invariant: 'I6',
    what: 'a second decision at the same stage',
    sql: () => [
      `ALTER TABLE decisions DROP CONSTRAINT decisions_one_per_stage`,
      `INSERT INTO decisions SELECT gen_random_uuid(), case_no, stage, kind, county_opinion_id, determination_id, monthly_benefit_fen,
        effective_month, article, reason_code, evidence_hash, parameters_on, '${record.town.staff.secondConfirmer}', command_id, occurred_on, now() FROM decisions`,
    ],
    names: () => `${granted} county_confirmation`,
    problem: /more than one decision/,
  },
  {
    invariant: 'I6',
    what: 'a confirmer who examined the case as well',
    sql: () => [`UPDATE decisions SET staff_id = '${record.town.staff.examiner}'`],
    names: () => granted,
    problem: /one person received, examined or confirmed/,
  },
  {
    invariant: 'I6',
    what: 'frozen inputs that were edited',
    sql: () => [
      `UPDATE determinations SET inputs = jsonb_set(inputs, '{memberCount}', '7') WHERE case_no = '${granted}'`,
    ],
    names: async () =>
      `determinations ${await id(`SELECT id FROM determinations WHERE case_no = '${granted}'`)}`,
    problem: /do not have their hash/,
  },
  {
    invariant: 'I6',
    what: 'an amount that the arithmetic does not give',
    sql: () => [`UPDATE determinations SET monthly_benefit_fen = 7000 WHERE case_no = '${granted}'`],
    names: async () =>
      `determinations ${await id(`SELECT id FROM determinations WHERE case_no = '${granted}'`)}`,
    problem: /performed again it comes to something else/,
  },
  {
    invariant: 'I6',
    what: 'evidence that moved after the decision',
    sql: () => [
      `UPDATE request_outcomes SET outcome = 'unanswered', answer_id = NULL WHERE request_id = (SELECT id FROM department_requests WHERE case_no = '${granted}' LIMIT 1)`,
    ],
    names: async () => `decisions ${await id(`SELECT id FROM decisions WHERE case_no = '${granted}'`)}`,
    problem: /evidence on file is not what/,
  },
  {
    invariant: 'I7',
    what: 'a lookup whose consent was withdrawn before',
    sql: () => [
      `INSERT INTO consent_withdrawals SELECT consent_id, case_no, '2026-03-02', '${record.town.staff.clerk}', gen_random_uuid(), '2026-03-02', recorded_at - interval '1 hour' FROM department_requests WHERE case_no = '${reviewed}' ORDER BY id LIMIT 1`,
    ],
    names: async () =>
      `department_requests ${await id(`SELECT id FROM department_requests WHERE case_no = '${reviewed}' ORDER BY id LIMIT 1`)}`,
    problem: /no consent or statutory ground was valid/,
  },
  {
    invariant: 'I7',
    what: 'a lookup after the case was closed',
    sql: () => [
      `UPDATE department_requests SET requested_on = '2026-03-22' WHERE id = (SELECT min(id::text)::uuid FROM department_requests WHERE case_no = '${granted}')`,
    ],
    names: async () =>
      `department_requests ${await id(`SELECT min(id::text) AS id FROM department_requests WHERE case_no = '${granted}'`)}`,
    problem: /for a case that was closed/,
  },
  {
    invariant: 'I7',
    what: 'a lookup about somebody who is not counted in the household',
    sql: () => [
      `UPDATE household_members SET included = false WHERE (case_no, person_id) = (SELECT case_no, person_id FROM department_requests WHERE case_no = '${reviewed}' ORDER BY id LIMIT 1)`,
    ],
    names: async () =>
      `department_requests ${await id(`SELECT id FROM department_requests WHERE case_no = '${reviewed}' ORDER BY id LIMIT 1`)}`,
    problem: /not counted in the household/,
  },
  {
    invariant: 'I7',
    what: 'a lookup for somebody who had nothing to do with the case',
    sql: () => [
      `UPDATE department_requests SET caused_by = '${record.town.staff.strangeClerk}' WHERE id = (SELECT r.id FROM department_requests r JOIN lookup_attempts a ON a.request_id = r.id AND a.phase = 'leaving' WHERE r.case_no = '${reviewed}' ORDER BY r.id LIMIT 1)`,
    ],
    names: async () =>
      `department_requests ${await id(`SELECT r.id FROM department_requests r JOIN lookup_attempts a ON a.request_id = r.id AND a.phase = 'leaving' WHERE r.case_no = '${reviewed}' ORDER BY r.id LIMIT 1`)}`,
    problem: /nothing to do with the case/,
  },
  {
    invariant: 'I8',
    what: 'an amount changed on record',
    sql: () => [`UPDATE declared_facts SET amount_fen = 1 WHERE case_no = '${reviewed}'`],
    names: async () =>
      `declared_facts ${await id(`SELECT id FROM declared_facts WHERE case_no = '${reviewed}' ORDER BY id LIMIT 1`)}`,
    problem: /is not what .* put on record/,
  },
  {
    invariant: 'I8',
    what: 'an event that stays unsealed',
    sql: () => [`DELETE FROM audit_seals WHERE seq = (SELECT max(seq) FROM audit_seals)`],
    names: () => `audit ${fresh}#1`,
    problem: /unsealed/,
  },
  {
    invariant: 'I10',
    what: 'a command that had its effect twice',
    sql: () => [
      `INSERT INTO transitions SELECT gen_random_uuid(), case_no, seq + 100, from_state, to_state, on_kind, name, article, actor, command_id, ref_id, turn, occurred_on, entered_late, late_reason_code, at, now()
       FROM transitions WHERE case_no = '${reviewed}' AND name = 'county_opine'`,
    ],
    names: async () =>
      `commands ${await id(`SELECT id FROM commands WHERE case_no = '${reviewed}' AND kind = 'county_opine'`)}`,
    problem: /2 transitions instead of one/,
  },
  {
    invariant: 'I10',
    what: 'a promise that nobody keeps',
    sql: () => [
      `UPDATE outbox SET delivered_at = NULL, recorded_at = now() - interval '1 hour' WHERE case_no = '${fresh}'`,
    ],
    names: async () => `outbox ${await id(`SELECT id FROM outbox WHERE case_no = '${fresh}'`)}`,
    problem: /promised and is not delivered/,
  },
  {
    invariant: 'I11',
    what: 'an ID number in a column that is not for persons',
    sql: () => [
      `UPDATE outbox SET last_error = 'no such person ${idNumber('441625', '19620105', 3)}' WHERE case_no = '${fresh}'`,
    ],
    names: async () =>
      `outbox.last_error ${await id(`SELECT ctid::text AS id FROM outbox WHERE last_error IS NOT NULL`)}`,
    problem: /an ID number/,
  },
  {
    invariant: 'I12',
    what: 'a due date that was moved',
    sql: () => [`UPDATE clocks SET due_on = '2026-12-31' WHERE case_no = '${reviewed}' AND code = 'total'`],
    names: () => `${reviewed} clock total`,
    problem: /is due on .*, says 2026-12-31/,
  },
  {
    invariant: 'I12',
    what: 'a clock that somebody stopped',
    sql: () => [`UPDATE clocks SET done_on = '2026-03-20' WHERE case_no = '${reviewed}' AND code = 'total'`],
    names: () => `${reviewed} clock total`,
    problem: /ended on no day, says 2026-03-20/,
  },
  {
    invariant: 'I12',
    what: 'a clock that is not there',
    sql: () => [`DELETE FROM clocks WHERE case_no = '${reviewed}' AND code = 'county_opinion'`],
    names: () => `${reviewed} clock county_opinion`,
    problem: /it is there 0 times/,
  },
  {
    invariant: 'I13',
    what: 'an open case without a next step',
    sql: () => [`UPDATE tasks SET done_at = now(), done_by = 'system:sweep' WHERE case_no = '${fresh}'`],
    names: () => fresh,
    problem: /nobody and nothing is waited for/,
  },
  {
    invariant: 'I14',
    what: 'a full name on a notice',
    sql: () => [`UPDATE public_notices SET masked_name = '张守田' WHERE case_no = '${granted}'`],
    names: async () =>
      `public_notices ${await id(`SELECT id FROM public_notices WHERE case_no = '${granted}'`)}`,
    problem: /not masked/,
  },
  {
    invariant: 'I14',
    what: 'a notice that still hangs',
    sql: () => [`DELETE FROM public_notice_removals WHERE case_no = '${granted}'`],
    names: async () =>
      `public_notices ${await id(`SELECT id FROM public_notices WHERE case_no = '${granted}'`)}`,
    problem: /still hangs on 2026-03-23/,
  },
];

describe('one violation planted as superuser', () => {
  it.each(plants)('$invariant: $what', async ({ invariant, sql, names, problem }) => {
    await record.tamper(await sql(), async () => {
      const report = await record.verify();
      const name = await names();
      expect(report.exitCode).toBe(1);
      expect(found(report, invariant)).toContainEqual({
        record: name,
        problem: expect.stringMatching(problem),
      });
      expect(renderReport(report)).toContain(name);
    });
  });

  it('leaves a sound file behind', async () => {
    expect((await record.verify()).checks.flatMap((check) => check.findings)).toEqual([]);
  });
});

describe('I11 over logs', () => {
  it('finds what a log line says about a person, and names file and line', async () => {
    const file = join(folder, 'worker.log');
    await writeFile(file, `{"level":30}\n{"level":20,"msg":"called 13800138009"}\n{"msg":"张守田"}\n`);
    const report = await record.verify({ logFiles: [file], planted: ['张守田'] });
    expect(report.exitCode).toBe(1);
    expect(found(report, 'I11')).toEqual([
      { record: 'worker.log:2', problem: 'contains what looks like a phone number' },
      { record: 'worker.log:3', problem: 'contains what looks like planted text 1' },
    ]);
  });

  it('is unknown for a log that cannot be read', async () => {
    const report = await record.verify({ logFiles: [join(folder, 'absent.log')] });
    expect(report.checks.find((check) => check.invariant === 'I11')?.unknown).toContain(
      'cannot read absent.log (ENOENT)',
    );
    expect(report.exitCode).toBe(3);
  });
});

describe('I13', () => {
  it('names a timer that did not ring', async () => {
    const report = await record.verify({ now: on('2026-05-11') });
    expect(found(report, 'I13')).toEqual([
      { record: reviewed, problem: 'clock total fell due and nothing happened' },
    ]);
  });
});
