import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { db09, member } from './support/household.js';
import { openTestRecord, type TestRecord } from './support/record.js';

/** What must never be, tried with SQL as the superuser: no code of ours stands between. */
let record: TestRecord;
let granted: string;
let reviewed: string;
let asking: string;

beforeAll(async () => {
  record = await openTestRecord();
  granted = await record.walker.walkTo('in_benefit');
  reviewed = await record.walker.walkTo('county_reviewed');
  asking = await record.walker.walkTo('accepted');
});
afterAll(() => record.database.drop());

const sql = () => record.database.admin.sql;
/** Tries a statement and takes it back if it went through after all. @returns the constraint that refused it */
async function refusedBy(statement: string): Promise<string> {
  const taken = await sql()
    .begin(async (tx) => {
      await tx.unsafe(statement);
      await tx.unsafe('SET CONSTRAINTS ALL IMMEDIATE');
      throw new Error('went through');
    })
    .catch((error: unknown) => error);
  if (!(taken instanceof Error)) throw new Error('unreachable');
  const name: unknown = Reflect.get(taken, 'constraint_name');
  return typeof name === 'string' ? name : taken.message;
}
const one = async (query: string): Promise<string> => {
  const [row] = await sql().unsafe<{ id: string }[]>(query);
  if (!row) throw new Error(`nothing for ${query}`);
  return row.id;
};
const GOES_THROUGH = 'went through';

describe('who decides', () => {
  const decision = (staff: string, caseNo: string): string =>
    `INSERT INTO decisions (id, case_no, stage, kind, county_opinion_id, determination_id, monthly_benefit_fen, effective_month, article, reason_code,
       evidence_hash, parameters_on, staff_id, command_id, occurred_on)
     SELECT gen_random_uuid(), o.case_no, 'county_confirmation', 'confirm', o.id, o.determination_id, o.monthly_benefit_fen, '2026-04', 'a', 'r', 'h', '2009-07-15', '${staff}',
       gen_random_uuid(), '2026-03-23' FROM opinions o WHERE o.case_no = '${caseNo}' AND o.level = 'county'`;

  it('one decision per stage', async () => {
    expect(await refusedBy(decision(record.town.staff.secondConfirmer, granted))).toBe(
      'decisions_one_per_stage',
    );
    expect(await refusedBy(decision(record.town.staff.secondConfirmer, reviewed))).toBe(GOES_THROUGH);
  });

  it('nobody who had another duty in the case: receiver, examiner, confirmer', async () => {
    const { clerk, examiner } = record.town.staff;
    expect(await refusedBy(decision(clerk, reviewed))).toMatch(/decisions_by_outsider|duties_one_per_person/);
    expect(await refusedBy(decision(examiner, reviewed))).toMatch(
      /decisions_by_outsider|duties_one_per_person/,
    );
    const opinion = `INSERT INTO opinions SELECT gen_random_uuid(), case_no, 'county', 2, proposes, category, determination_id, monthly_benefit_fen, article, reason_code,
      evidence_hash, '${clerk}', gen_random_uuid(), occurred_on, now() FROM opinions WHERE case_no = '${reviewed}' AND level = 'county'`;
    expect(await refusedBy(opinion)).toBe('duties_one_per_person');
    expect(
      await refusedBy(
        `INSERT INTO duties (case_no, staff_id, duty) VALUES ('${reviewed}', '${clerk}', 'confirmer')`,
      ),
    ).toBe('duties_one_per_person');
  });

  it.each(['investigator', 'secondInvestigator', 'leader'] as const)(
    'nobody who contributed: %s',
    async (who) => {
      expect(await refusedBy(decision(record.town.staff[who], reviewed))).toBe('decisions_by_outsider');
    },
  );

  it('a confirmation has a first month, a refusal has none', async () => {
    const without = decision(record.town.staff.confirmer, reviewed).replace(`'2026-04'`, 'NULL');
    expect(await refusedBy(without)).toBe('decisions_effective');
    expect(
      await refusedBy(decision(record.town.staff.confirmer, reviewed).replace(`'confirm'`, `'refuse'`)),
    ).toBe('decisions_effective');
  });
});

describe('a lookup', () => {
  interface Ask {
    readonly caseNo?: string;
    readonly person?: string;
    readonly consent?: string | null;
    readonly ground?: string | null;
    readonly source?: string;
    readonly day?: string;
  }
  const person = (caseNo: string, offset = 0) =>
    one(
      `SELECT person_id AS id FROM household_members WHERE case_no = '${caseNo}' ORDER BY id OFFSET ${offset} LIMIT 1`,
    );
  const consentOf = (personId: string) => one(`SELECT id FROM consents WHERE person_id = '${personId}'`);
  const text = (value: string | null | undefined): string =>
    value === null || value === undefined ? 'NULL' : `'${value}'`;

  async function ask(change: Ask = {}): Promise<string> {
    const caseNo = change.caseNo ?? asking;
    const personId = change.person ?? (await person(caseNo));
    const consent = change.consent === undefined ? await consentOf(personId) : change.consent;
    return refusedBy(
      `INSERT INTO department_requests (id, case_no, person_id, source, items, purpose, case_ref, consent_id, ground_code, requested_on, due_on)
       VALUES (gen_random_uuid(), '${caseNo}', '${personId}', '${change.source ?? 'bank'}', '["deposits"]', 'dibao_means_verification', 'x', ${text(consent)}, ${text(change.ground)},
         '${change.day ?? '2026-03-04'}', '2026-03-11')`,
    );
  }

  it('with a valid consent of that person goes through', async () => {
    expect(await ask()).toBe(GOES_THROUGH);
  });

  it('without consent or coded ground', async () => {
    expect(await ask({ consent: null })).toBe('department_requests_ground');
    expect(await ask({ consent: null, ground: 'because' })).toBe('department_requests_ground_code');
    expect(await ask({ consent: null, ground: 'art_41_household_member' })).toBe(GOES_THROUGH);
  });

  it('with another person’s consent', async () => {
    expect(await ask({ consent: await consentOf(await person(asking, 1)) })).toBe(
      'lookup_needs_valid_consent',
    );
  });

  it('with a consent of the same person in another file', async () => {
    expect(await ask({ consent: await consentOf(await person(reviewed)) })).toBe(
      'lookup_needs_valid_consent',
    );
  });

  it('about a person of another file', async () => {
    expect(await ask({ person: await person(reviewed) })).toBe('lookup_needs_person_of_case');
  });

  it('before the consent begins, and after it ends', async () => {
    expect(await ask({ day: '2026-03-01' })).toBe('lookup_needs_valid_consent');
    expect(await ask({ day: '2027-01-01' })).toBe('lookup_needs_valid_consent');
  });

  it('of a source that the consent does not name', async () => {
    expect(await ask({ source: 'tax' })).toBe('lookup_needs_valid_consent');
  });

  it('after the consent was withdrawn', async () => {
    const personId = await person(asking, 2);
    const consent = await consentOf(personId);
    await sql()`INSERT INTO consent_withdrawals (consent_id, case_no, withdrawn_on, staff_id, command_id, occurred_on)
      VALUES (${consent}, ${asking}, '2026-03-04', ${record.town.staff.clerk}, gen_random_uuid(), '2026-03-04')`;
    expect(await ask({ person: personId, day: '2026-03-03' })).toBe(GOES_THROUGH);
    expect(await ask({ person: personId, day: '2026-03-04' })).toBe('lookup_needs_valid_consent');
  });

  it('for a closed case', async () => {
    expect(await ask({ caseNo: granted })).toBe('lookup_needs_open_case');
  });

  it('on a ground for members, about somebody outside the household', async () => {
    const outsider = `INSERT INTO persons (id, case_no, key_id, name, id_status, provisional) VALUES ('01900000-0000-7000-8000-0000000000aa', '${asking}', gen_random_uuid(), '\\x00', 'none', false)`;
    const request = `INSERT INTO department_requests (id, case_no, person_id, source, items, purpose, case_ref, ground_code, requested_on, due_on)
      VALUES (gen_random_uuid(), '${asking}', '01900000-0000-7000-8000-0000000000aa', 'bank', '[]', 'p', 'x', 'art_41_household_member', '2026-03-04', '2026-03-11')`;
    expect(await refusedBy(`${outsider}; ${request}`)).toBe('lookup_ground_is_for_members');
  });
});

describe('a home visit', () => {
  const visit = (signatory: boolean, investigators: number): string => {
    const id = '01900000-0000-7000-8000-0000000000bb';
    const people = [record.town.staff.investigator, record.town.staff.secondInvestigator].slice(
      0,
      investigators,
    );
    return [
      `INSERT INTO visits (id, case_no, method, household_signatory_id, property_within_limits, staff_id, command_id, occurred_on)
       SELECT '${id}', '${asking}', 'home_visit', ${signatory ? '(SELECT id FROM persons WHERE case_no = c.case_no LIMIT 1)' : 'NULL'}, 'yes', '${people[0]}', gen_random_uuid(), '2026-03-06'
       FROM cases c WHERE case_no = '${asking}'`,
      ...people.map(
        (staff) =>
          `INSERT INTO visit_investigators (id, visit_id, case_no, staff_id, signed_on) VALUES (gen_random_uuid(), '${id}', '${asking}', '${staff}', '2026-03-06')`,
      ),
    ].join('; ');
  };

  it('needs two investigators and a member of the household', async () => {
    expect(await refusedBy(visit(true, 1))).toBe('visits_two_investigators');
    expect(await refusedBy(visit(false, 2))).toBe('visits_two_investigators');
    expect(await refusedBy(visit(true, 2))).toBe(GOES_THROUGH);
  });

  it('the same investigator does not sign twice', async () => {
    const twice = visit(true, 2).replaceAll(
      record.town.staff.secondInvestigator,
      record.town.staff.investigator,
    );
    expect(await refusedBy(twice)).toBe('visit_investigators_once');
  });
});

describe('one unit', () => {
  it('has one open request in a township and programme; a closed one does not count', async () => {
    const again = (caseNo: string): string =>
      `INSERT INTO requests (id, case_no, programme, unit_kind) VALUES ('01900000-0000-7000-8000-0000000000cc', '${caseNo}', 'dibao', 'household');
       INSERT INTO open_requests SELECT '01900000-0000-7000-8000-0000000000cc', case_no, division_id, programme, unit_index, true FROM open_requests WHERE case_no = '${caseNo}' LIMIT 1`;
    expect(await refusedBy(again(reviewed))).toBe('open_requests_unit');
    expect(await refusedBy(again(granted))).toBe(GOES_THROUGH);
  });

  it('is refused at the door while its request is open, with nothing left behind', async () => {
    const members = [member('m1')];
    await record.walker.submit(db09({ members }));
    const before = await one('SELECT count(*)::text AS id FROM cases');
    await expect(record.walker.submit(db09({ members }))).rejects.toMatchObject({
      code: 'open_request_exists',
      pointer: '/applicant',
    });
    expect(await one('SELECT count(*)::text AS id FROM cases')).toBe(before);
  });

  it('of provisional persons never collides', async () => {
    const unknown = member('m1', { idStatus: 'none', provisional: true });
    const { idNumber: _, ...nameless } = unknown;
    const files = [
      await record.walker.submit(db09({ members: [nameless] })),
      await record.walker.submit(db09({ members: [nameless] })),
    ];
    expect(new Set(files).size).toBe(2);
    const indexed = `UPDATE data_keys SET case_no = case_no; INSERT INTO persons (id, case_no, key_id, name, id_status, id_number, id_index, provisional)
      VALUES (gen_random_uuid(), '${asking}', gen_random_uuid(), '\\x00', 'valid', '\\x00', 'index', true)`;
    expect(await refusedBy(indexed)).toBe('persons_provisional');
  });
});

describe('the same ID number in two files', () => {
  it('makes a link row in each, and is never refused across townships', async () => {
    const person = member('m1');
    const here = await record.walker.submit(db09({ members: [person] }));
    const there = await record.walker.submit(db09({ members: [person], township: '441625104' }));
    const links = await sql()<{ from: string; to: string }[]>`
      SELECT case_no AS from, other_case_no AS to FROM person_links WHERE ${here} IN (case_no, other_case_no) ORDER BY 1`;
    expect([...links]).toEqual([
      { from: here, to: there },
      { from: there, to: here },
    ]);
  });

  it('twice in one file makes no link', async () => {
    const [first, second] = [member('m1'), member('m2')];
    const caseNo = await record.walker.submit(
      db09({ members: [first, { ...second, idNumber: first.idNumber }] }),
    );
    expect((await sql()`SELECT 1 FROM person_links WHERE case_no = ${caseNo}`).length).toBe(0);
  });
});

describe('evidence and money', () => {
  const fact = (columns: string, values: string): string =>
    `INSERT INTO adopted_facts (id, case_no, kind, category, amount_fen, period_from, period_to, occurred_on, ${columns})
     VALUES (gen_random_uuid(), '${asking}', 'income', 'wage', 1, '2026-01', '2026-02', '2026-03-04', ${values})`;
  const declared = () => one(`SELECT id FROM declared_facts WHERE case_no = '${asking}' LIMIT 1`);

  it('an adopted fact points at a declaration, an answer or a document', async () => {
    expect(await refusedBy(fact('rule_code', `'r'`))).toBe('adopted_facts_source');
    expect(await refusedBy(fact('rule_code, declared_fact_id', `'r', '${await declared()}'`))).toBe(
      GOES_THROUGH,
    );
  });

  it('and was chosen by a rule or by a person, not by both and not by nobody', async () => {
    const source = await declared();
    expect(await refusedBy(fact('declared_fact_id', `'${source}'`))).toBe('adopted_facts_chooser');
    expect(
      await refusedBy(
        fact('declared_fact_id, rule_code, staff_id', `'${source}', 'r', '${record.town.staff.verifier}'`),
      ),
    ).toBe('adopted_facts_chooser');
  });

  it('an adopted fact is corrected once', async () => {
    const old = await one(`SELECT id FROM adopted_facts WHERE case_no = '${reviewed}' LIMIT 1`);
    const correct = fact('rule_code, declared_fact_id, supersedes', `'r', '${await declared()}', '${old}'`);
    expect(await refusedBy(`${correct}; ${correct}`)).toBe('adopted_facts_supersedes_unique');
  });

  it('one entitlement line for a recognition, person, component and month', async () => {
    const again = (month: string): string =>
      `INSERT INTO entitlement_lines (id, case_no, recognition_id, component, month, amount_fen)
       SELECT gen_random_uuid(), case_no, recognition_id, component, ${month}, amount_fen FROM entitlement_lines`;
    expect(await refusedBy(again('month'))).toBe('entitlement_lines_once');
    expect(await refusedBy(again(`'2026-05'`))).toBe(GOES_THROUGH);
    expect(await refusedBy(again(`'2026-05'`).replace(', amount_fen FROM', ', 0 FROM'))).toBe(
      'entitlement_lines_amount',
    );
  });

  it('one recognition for a request, one notification of what is missing, one acceptance', async () => {
    expect(
      await refusedBy(
        `INSERT INTO recognitions SELECT gen_random_uuid(), case_no, request_id, decision_id, programme, unit_kind, household_id, person_id, from_month, recognised_on, now() FROM recognitions`,
      ),
    ).toBe('recognitions_request_id_unique');
    expect(
      await refusedBy(
        `INSERT INTO acceptances SELECT gen_random_uuid(), case_no, receipt_document_id, near_relative, staff_id, command_id, occurred_on, now() FROM acceptances WHERE case_no = '${asking}'`,
      ),
    ).toBe('acceptances_case_no_unique');
    const told = `INSERT INTO supplement_requests (id, case_no, items, staff_id, command_id, occurred_on) VALUES (gen_random_uuid(), '${asking}', '[]', '${record.town.staff.clerk}', gen_random_uuid(), '2026-03-03')`;
    expect(await refusedBy(`${told}; ${told}`)).toBe('supplement_requests_case_no_unique');
  });

  it('documents have a size: not empty, ten mebibytes at most', async () => {
    const paper = (size: number): string =>
      `INSERT INTO documents (id, case_no, kind, media_type, size_bytes, key_id, content_hash, salt, bytes, made_by_system, occurred_on, at)
       VALUES (gen_random_uuid(), '${asking}', 'proof', 'application/pdf', ${size}, gen_random_uuid(), 'h', '\\x00', '\\x00', false, '2026-03-04', now())`;
    expect(await refusedBy(paper(0))).toBe('documents_size');
    expect(await refusedBy(paper(10_485_761))).toBe('documents_size');
    expect(await refusedBy(paper(10_485_760))).toBe(GOES_THROUGH);
  });

  it('a department’s webhook counts once', async () => {
    const again = `INSERT INTO raw_answers SELECT gen_random_uuid(), source, webhook_id, case_no, request_id, key_id, body, salt, content_hash, received_at, now() FROM raw_answers WHERE case_no = '${reviewed}' LIMIT 1`;
    expect(await refusedBy(again)).toBe('raw_answers_webhook');
  });

  it('the bytes of a report are kept once: a section has none, everything else has', async () => {
    const columns =
      'id, source, webhook_id, case_no, request_id, key_id, received_at, body, salt, content_hash, report_id, section';
    const copy = (bytes: string, part: string): string =>
      `INSERT INTO raw_answers (${columns}) SELECT gen_random_uuid(), source, 'msg.1', case_no, request_id, key_id, received_at, ${bytes}, ${part}
       FROM raw_answers WHERE case_no = '${reviewed}' LIMIT 1`;
    const [whole, none] = ['body, salt, content_hash', 'NULL, NULL, NULL'];
    expect(await refusedBy(copy(whole, 'id, 0'))).toBe('raw_answers_bytes_once');
    expect(await refusedBy(copy(none, 'NULL, NULL'))).toBe('raw_answers_bytes_once');
    expect(await refusedBy(copy(none, 'id, NULL'))).toBe('raw_answers_bytes_once');
    expect(await refusedBy(copy(whole, 'NULL, 0'))).toBe('raw_answers_bytes_once');
    expect(await refusedBy(copy(none, 'id, 0'))).toBe(GOES_THROUGH);
    const twice = copy(none, 'id, 0');
    expect(await refusedBy(`${twice}; ${twice.replace('msg.1', 'msg.2')}`)).toBe('raw_answers_section');
  });

  it('only a report as a whole is read without being the answer to a question', async () => {
    const reading = (verdict: string, question: string): string =>
      `WITH heard AS (INSERT INTO raw_answers SELECT gen_random_uuid(), source, 'msg-new', case_no, request_id, key_id, body, salt, content_hash, received_at, now()
         FROM raw_answers WHERE case_no = '${reviewed}' LIMIT 1 RETURNING id, case_no, request_id)
       INSERT INTO answer_readings (answer_id, case_no, request_id, verdict, at) SELECT id, case_no, ${question}, '${verdict}', now() FROM heard`;
    expect(await refusedBy(reading('found', 'NULL'))).toBe('answer_readings_of_question');
    expect(await refusedBy(reading('not_answered', 'NULL'))).toBe('answer_readings_of_question');
    expect(await refusedBy(reading('report', 'request_id'))).toBe('answer_readings_of_question');
    expect(await refusedBy(reading('report', 'NULL'))).toBe(GOES_THROUGH);
    expect(await refusedBy(reading('unreadable', 'NULL'))).toBe(GOES_THROUGH);
    expect(await refusedBy(reading('not_answered', 'request_id'))).toBe(GOES_THROUGH);
  });
});

describe('an earlier report that answers', () => {
  const origin = (kind: string, purpose: string, more = ''): string =>
    `INSERT INTO answer_origins (request_id, case_no, answer_id, kind, purpose, valued_on, valid_to, at${more && `, ${more}`})
     SELECT r.id, r.case_no, a.id, '${kind}', '${purpose}', '2026-03-04', '2026-09-04', now()${more && `, ${more.split(', ').map(valueOf).join(', ')}`}
     FROM department_requests r JOIN raw_answers a ON a.request_id = r.id WHERE r.case_no = '${reviewed}' LIMIT 1`;
  const valueOf = (column: string): string =>
    ({
      from_version: '1',
      asked_at: 'now()',
      from_case_no: `'x'`,
      from_hash: `'h'`,
      from_answer_hash: `'h'`,
    })[column] ?? 'gen_random_uuid()';
  const REUSED =
    'link_id, from_case_no, from_report_id, from_version, from_hash, from_request_id, from_answer_id, from_answer_hash, asked_at';

  it('says which one it is: of this county in full, or of another place, and not both', async () => {
    const purpose = 'dibao_means_verification';
    expect(await refusedBy(origin('reused_report', purpose))).toBe('answer_origins_kind');
    expect(await refusedBy(origin('reused_report', purpose, `${REUSED}, recognised_id`))).toBe(
      'answer_origins_kind',
    );
    expect(await refusedBy(origin('recognised_report', purpose))).toBe('answer_origins_kind');
    expect(await refusedBy(origin('hearsay', purpose, REUSED))).toBe('answer_origins_kind');
  });

  it('is for a purpose that has a name, like the question', async () => {
    expect(await refusedBy(origin('reused_report', 'curiosity', REUSED))).toBe('answer_origins_purpose');
    const asked = `INSERT INTO department_requests (id, case_no, person_id, source, items, purpose, case_ref, ground_code, requested_on, due_on)
      SELECT gen_random_uuid(), case_no, person_id, 'bank', '[]', 'curiosity', 'x', 'art_41_household_member', '2026-03-05', '2026-03-11'
      FROM household_members WHERE case_no = '${asking}' LIMIT 1`;
    expect(await refusedBy(asked)).toBe('department_requests_purpose');
  });

  it('gives way once: a question is put anew one time', async () => {
    const request = await one(`SELECT id FROM department_requests WHERE case_no = '${reviewed}' LIMIT 1`);
    const wanted = `INSERT INTO fresh_questions (id, case_no, request_id, reason_code, staff_id, command_id, occurred_on)
      VALUES (gen_random_uuid(), '${reviewed}', '${request}', 'answer_doubtful', '${record.town.staff.verifier}', gen_random_uuid(), '2026-03-23')`;
    expect(await refusedBy(`${wanted}; ${wanted}`)).toBe('fresh_questions_request_id_unique');
    const anew = `INSERT INTO department_requests (id, case_no, person_id, source, items, purpose, case_ref, consent_id, requested_on, due_on, supersedes)
      SELECT gen_random_uuid(), case_no, person_id, source, items, purpose, 'x', consent_id, requested_on, due_on, id FROM department_requests WHERE id = '${request}'`;
    expect(await refusedBy(anew)).toBe(GOES_THROUGH);
    expect(await refusedBy(`${anew}; ${anew}`)).toBe('department_requests_supersedes_unique');
    expect(await refusedBy(anew.replace(', due_on, id FROM', ', due_on, NULL FROM'))).toBe(
      'department_requests_once',
    );
  });
});

describe('who answers for a department', () => {
  const county = () => one(`SELECT id FROM divisions WHERE code = '441625'`);
  const grant = (staff: string, division: string, role: string, source: string): string =>
    `INSERT INTO role_grants (id, staff_id, role, division_id, valid_from, source) VALUES (gen_random_uuid(), '${staff}', '${role}', '${division}', '2026-01-01', ${source})`;
  const answer = (staff: string, source = 'bank', on = '2026-03-05'): string =>
    `SELECT onedoor.act_as('system:answers', '${on}', '${asking}', '');
     INSERT INTO raw_answers (id, source, webhook_id, case_no, request_id, key_id, body, salt, content_hash, received_at, staff_id)
     SELECT gen_random_uuid(), '${source}', 'x', q.case_no, q.id, gen_random_uuid(), '', '', 'h', now(), '${staff}'
     FROM department_requests q WHERE q.case_no = '${asking}' AND q.source = '${source}' LIMIT 1`;
  const questions = (then: string): string =>
    `INSERT INTO department_requests (id, case_no, person_id, source, items, purpose, case_ref, consent_id, requested_on, due_on)
     SELECT gen_random_uuid(), k.case_no, k.person_id, s.source, '["deposits"]', 'dibao_means_verification', 'x', k.id, '2026-03-04', '2026-03-11'
     FROM (SELECT * FROM consents WHERE case_no = '${asking}' ORDER BY id LIMIT 1) k, (VALUES ('bank'), ('social_insurance')) s (source); ${then}`;

  it('for one source, and nobody else has one', async () => {
    const { clerk } = record.town.staff;
    expect(await refusedBy(grant(clerk, await county(), 'department_verifier', 'NULL'))).toBe(
      'role_grants_source',
    );
    expect(await refusedBy(grant(clerk, await county(), 'window_clerk', `'bank'`))).toBe(
      'role_grants_source',
    );
    expect(await refusedBy(grant(clerk, await county(), 'department_verifier', `'bank'`))).toBe(GOES_THROUGH);
  });

  it('at a county or above', async () => {
    const township = await one(`SELECT id FROM divisions WHERE code = '441625103'`);
    const { clerk } = record.town.staff;
    expect(await refusedBy(grant(clerk, township, 'department_verifier', `'bank'`))).toBe(
      'role_grants_verifier_level',
    );
  });

  it('answers what that source was asked, within that county', async () => {
    const { banker, strangeBanker, verifier } = record.town.staff;
    expect(await refusedBy(questions(answer(banker)))).toBe(GOES_THROUGH);
    for (const [staff, source] of [
      [banker, 'social_insurance'],
      [strangeBanker, 'bank'],
      [verifier, 'bank'],
    ] as const)
      expect(await refusedBy(questions(answer(staff, source))), source).toBe('desk_answers_by_its_verifier');
  });

  it('and has no other part in the case', async () => {
    const { clerk } = record.town.staff;
    const appointed = grant(clerk, await county(), 'department_verifier', `'bank'`);
    expect(await refusedBy(questions(`${appointed}; ${answer(clerk)}`))).toBe(
      'desk_answers_by_nobody_concerned',
    );
  });

  it('a question is asked once more, not twice', async () => {
    const again = `INSERT INTO department_requests (id, case_no, person_id, source, items, purpose, case_ref, consent_id, requested_on, due_on, again_of)
      SELECT gen_random_uuid(), case_no, person_id, source, items, purpose, 'y', consent_id, requested_on, due_on, id
      FROM department_requests WHERE case_no = '${asking}' AND source = 'bank' AND again_of IS NULL`;
    expect(await refusedBy(questions(again))).toBe(GOES_THROUGH);
    expect(await refusedBy(questions(`${again}; ${again}`))).toBe('department_requests_again');
  });
});
