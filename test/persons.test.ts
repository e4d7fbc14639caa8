import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLinks } from '../src/casefile/person-links.js';
import { openPersons } from '../src/casefile/persons.js';
import { db09, member } from './support/household.js';
import { openTestRecord, type TestRecord } from './support/record.js';
import { applied, on } from './support/walk.js';

let record: TestRecord;
beforeAll(async () => {
  record = await openTestRecord();
});
afterAll(() => record.database.drop());

const tasks = (caseNo: string, kind: string) =>
  record.database.admin.sql<{ id: string; role: string; division_id: string; open: boolean; link: string }[]>`
    SELECT id, role, division_id, done_at IS NULL AS open, params->>'linkId' AS link FROM tasks WHERE case_no = ${caseNo} AND kind = ${kind}`;

describe('the same ID number in two files', () => {
  it('is a question to a human, who answers it once; neither file is changed', async () => {
    const person = member('m1');
    const there = await record.walker.submit(db09({ members: [person], township: '441625104' }));
    const here = await record.walker.walkTo('investigating', db09({ members: [person] }));
    const [task] = await tasks(here, 'same_person');
    expect(task).toMatchObject({ role: 'window_clerk', open: true });
    const answer = (id: string) =>
      record.walker.act(
        'verifier',
        here,
        'adopt',
        { adoptions: [{ link: { id, verdict: 'same_person' }, reasonCode: 'papers_compared' }] },
        on('2026-03-05'),
      );
    const foreign = await record.walker.inside(there, '2026-03-05', (tx) => openLinks(tx, there));
    expect((await answer(foreign[0]?.id ?? '')).outcome).toMatchObject({ code: 'body_invalid' });
    await applied(answer(task?.link ?? ''));
    expect((await tasks(here, 'same_person'))[0]?.open).toBe(false);
    expect((await answer(task?.link ?? '')).outcome).toMatchObject({
      code: 'guard_not_met',
      params: { guard: 'link_open' },
    });
    expect(await record.walker.inside(there, '2026-03-05', (tx) => openLinks(tx, there))).toHaveLength(1);
  });
});

describe('when everyone who could decide has contributed', () => {
  it('names the next unit', async () => {
    const { staff, divisions } = record.town;
    const caseNo = await record.walker.walkTo('answered');
    const [someone] = await record.walker.inside(caseNo, '2026-03-06', (tx) => openPersons(tx, caseNo));
    await applied(
      record.walker.act(
        'investigator',
        caseNo,
        'record_visit',
        {
          method: 'home_visit',
          investigators: [staff.confirmer, staff.secondConfirmer],
          householdSignatory: someone?.id,
          propertyWithinLimits: 'yes',
          findings: '县里两位同志一同入户。',
        },
        on('2026-03-06'),
      ),
    );
    await applied(
      record.walker.act(
        'leader',
        caseNo,
        'form_opinion',
        { proposes: 'grant', reasonCode: 'below_standard' },
        on('2026-03-09'),
      ),
    );
    await applied(record.walker.act('clerk', caseNo, 'post_notice', {}, on('2026-03-10')));
    await record.walker.due(caseNo, 'public_notice');
    await applied(
      record.walker.act(
        'examiner',
        caseNo,
        'county_opine',
        { proposes: 'grant', reasonCode: 'agreed' },
        on('2026-03-19'),
      ),
    );
    expect(await tasks(caseNo, 'all_barred')).toMatchObject([
      { role: 'supervisor', division_id: divisions['4416'], open: true },
    ]);
    expect(await tasks(caseNo, 'decide')).toEqual([]);
    for (const who of ['confirmer', 'secondConfirmer'] as const) {
      const refused = await record.walker.act(
        who,
        caseNo,
        'confirm',
        { reasonCode: 'agreed' },
        on('2026-03-20'),
      );
      expect(refused.outcome).toMatchObject({ httpStatus: 403, code: 'contributor_barred' });
    }
  });
});
