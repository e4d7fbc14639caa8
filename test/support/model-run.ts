import fc from 'fast-check';
import { expect } from 'vitest';
import { readCase } from '../../src/casefile/case-state.js';
import { clocksOf, runningClocks } from '../../src/casefile/clocks.js';
import { requestsOf } from '../../src/casefile/evidence.js';
import { newId } from '../../src/casefile/record.js';
import { roleGrants, staff } from '../../src/casefile/schema/index.js';
import {
  dateAt,
  fenFromYuan,
  instant,
  PAPERS,
  plainDate,
  ROLES,
  type CaseNo,
  type Month,
  type Role,
} from '../../src/terms/index.js';
import type { Fact } from '../../src/departments/contract.js';
import type { TestApi } from './api.js';
import { db09, member } from './household.js';
import {
  attemptAct,
  followAtOnce,
  hearDepartments,
  newCase,
  passMonth,
  RULES,
  type ActName,
  type Model,
  type Place,
  type Rule,
} from './model.js';
import { ACTS, type Seen } from './model-acts.js';
import type { Person } from './town.js';

const ROLE_OF: Readonly<Record<string, Role>> = {
  clerk: 'window_clerk',
  investigator: 'investigator',
  leader: 'township_leader',
  secondLeader: 'township_leader',
  verifier: 'verification_officer',
  examiner: 'county_examiner',
  confirmer: 'county_confirmer',
  countySupervisor: 'supervisor',
  auditor: 'auditor',
};
/** Holds every role there is, and is barred all the same once they took part. */
export const EVERYBODY = 'everybody';

export async function hireEverybody(api: TestApi): Promise<void> {
  const { database, town } = api.record;
  const [id, divisionId = ''] = [newId(), town.divisions['441625']];
  await database.admin.db.insert(staff).values({ id, subject: EVERYBODY, name: EVERYBODY, divisionId });
  for (const role of ROLES.filter((each) => each !== 'department_verifier'))
    await database.admin.db
      .insert(roleGrants)
      .values({ id: newId(), staffId: id, role, divisionId, validFrom: plainDate('2020-01-01') });
}

/** The product in one run: a case of its own, and what its page said last. */
export interface Real {
  readonly api: TestApi;
  readonly caseNo: CaseNo;
  readonly document: string;
  /** What was tried so far, where, and what it came to. */
  readonly tried: Tried[];
  /** The way so far, in words. */
  readonly way: string[];
  seen: Seen;
  months: number;
}

export interface Tried {
  readonly name: ActName;
  readonly state: string;
  readonly came: string;
}

const NAMES = Object.keys(RULES) as ActName[];
const PEOPLE = Object.keys(ROLE_OF) as Person[];
const MONTH_MS = 30 * 86_400_000;

const WAGE: Fact = {
  item: 'contributions',
  category: 'wage',
  amountFen: fenFromYuan('96000'),
  periodFrom: '2025-03' as Month,
  periodTo: '2026-02' as Month,
};

type Leg =
  | ActName
  | 'at_once'
  | 'nothing_known'
  | 'wage_known'
  | 'month'
  | 'to_county'
  | 'meddles'
  | 'to_decision'
  | 'meddler_decides';
const ASKED: readonly Leg[] = ['accept', 'at_once'];
const SILENT: readonly Leg[] = [...ASKED, 'visit_by_two', 'month'];
const INVESTIGATED: readonly Leg[] = [...ASKED, 'nothing_known', 'visit_by_two'];
const CONTRADICTED: readonly Leg[] = [...ASKED, 'wage_known', 'visit_by_two', 'adopt_wage'];
const POSTED: readonly Leg[] = [...INVESTIGATED, 'propose_grant', 'post_notice'];
const AT_DECISION: readonly Leg[] = [...POSTED, 'month'];
const TOLD: readonly Leg[] = [...CONTRADICTED, 'inform_findings'];
const REVIEWED: readonly Leg[] = [...AT_DECISION, 'to_county', 'county_grant'];
const REFUSABLE: readonly Leg[] = [...TOLD, 'month', 'propose_refusal', 'at_once'];
/** How far a case has come before the random way begins. */
const BEGINNINGS = {
  submitted: [],
  unsupplied: ['request_supplement', 'month'],
  silent: SILENT,
  proved: [...SILENT, 'adopt_proof'],
  investigated: INVESTIGATED,
  contradicted: CONTRADICTED,
  told: TOLD,
  rechecking: [...TOLD, 'object_to_verification'],
  warned: [...INVESTIGATED, 'warn', 'month'],
  posted: POSTED,
  objected: [...POSTED, 'object'],
  appraised: [...POSTED, 'object', 'hold_appraisal'],
  meddled: [
    ...INVESTIGATED,
    'meddles',
    'propose_grant',
    'post_notice',
    'month',
    'to_decision',
    'meddler_decides',
  ],
  at_decision: AT_DECISION,
  refusable: REFUSABLE,
  reviewed: REVIEWED,
  returned: [...REVIEWED, 'return_file'],
  granted: [...REVIEWED, 'confirm', 'at_once'],
  refused: [...REFUSABLE, 'to_county', 'county_refuse', 'refuse'],
} as const satisfies Record<string, readonly Leg[]>;
export type Start = keyof typeof BEGINNINGS;
export const STARTS = Object.keys(BEGINNINGS) as Start[];

/** A new case for both, with its papers or without, taken along the straight path to where the way begins. */
export async function openRun(
  api: TestApi,
  {
    start,
    papersMissing,
    tried,
    place,
  }: {
    start: Start;
    papersMissing: boolean;
    tried: Tried[];
    place: Place;
  },
): Promise<{ model: Model; real: Real }> {
  const { walker } = api.record;
  const members = [member('m1', { name: '李长河' }), member('m2')];
  const papers = papersMissing ? (['application_form', 'verification_authorisation'] as const) : PAPERS;
  const { consents, ...body } = db09({ members, papers: [...papers] });
  const caseNo = await walker.submit({
    ...body,
    declared: [],
    consents: consents.filter(({ person }) => person === 'm1'),
  });
  api.now = instant(Date.parse('2026-03-02T09:30:00+08:00'));
  const paper = {
    occurredOn: '2026-03-02',
    kind: 'proof',
    content: Buffer.from('证明材料').toString('base64'),
  };
  const stored = await api.call('clerk', 'POST', `/v1/cases/${caseNo}/documents`, { body: paper });
  const real = {
    api,
    caseNo,
    document: String(stored.json['documentId']),
    tried,
    way: [`begins ${start}`],
    seen: {} as Seen,
    months: 0,
  };
  const model = newCase(papersMissing, place);
  await agree(model, real);
  const supplied: readonly Leg[] =
    papersMissing && start !== 'unsupplied' ? ['request_supplement', 'supply'] : [];
  for (const leg of BEGINNINGS[start].length > 0 ? [...supplied, ...BEGINNINGS[start]] : [])
    await walk(leg, model, real);
  return { model, real };
}

async function walk(leg: Leg, model: Model, real: Real): Promise<void> {
  switch (leg) {
    case 'at_once':
      return new AtOnce().run(model, real);
    case 'month':
      return new MonthPasses().run(model, real);
    case 'nothing_known':
    case 'wage_known':
      return new Departments(leg === 'wage_known').run(model, real);
    case 'to_county':
      return model.state === 'township_confirm'
        ? tryAct(model, real, 'take_back', onDuty('take_back', model))
        : undefined;
    // Whoever may do everything, took part, and now wants to decide.
    case 'meddles':
      return tryAct(model, real, 'correct_fact', EVERYBODY);
    case 'to_decision':
      return model.state === 'forwarded'
        ? tryAct(model, real, 'county_grant', onDuty('county_grant', model))
        : undefined;
    case 'meddler_decides':
      return tryAct(
        model,
        real,
        model.state === 'township_confirm' ? 'confirm_delegated' : 'confirm',
        EVERYBODY,
      );
    default:
      return tryAct(model, real, leg, onDuty(leg, model));
  }
}

/** Reads the page and compares what both can say. */
async function agree(model: Model, real: Real): Promise<void> {
  const page = await real.api.call('clerk', 'GET', `/v1/cases/${real.caseNo}`);
  real.seen = { ...(page.json as unknown as Seen), tag: page.headers.get('etag') ?? '' };
  const { state, turn, open, outcome } = real.seen;
  expect({ state, turn, open, outcome }, real.way.join('; ')).toEqual({
    state: model.state,
    turn: model.turn,
    open: model.open,
    outcome: model.outcome,
  });
}

type Step = fc.AsyncCommand<Model, Real>;

const isIn = (name: ActName, state: string): boolean =>
  RULES[name].some((rule) => (rule.in as string[]).includes(state));

/** Whoever's duty an act is where the case stands. */
function onDuty(name: ActName, { state, contributed }: Model): string {
  const rules: readonly Rule[] = RULES[name];
  const rule = rules.find((each) => each.in.includes(state)) ?? rules[0];
  const people = PEOPLE.filter((person) => rule?.by.includes(ROLE_OF[person] as Role));
  return people.find((person) => !rule?.outsider || !contributed.has(person)) ?? people[0] ?? 'auditor';
}

/** Gives one act to both. */
async function tryAct(model: Model, real: Real, name: ActName, who: string): Promise<void> {
  const { state } = model;
  const expected = attemptAct(model, name, who, who === EVERYBODY ? ROLES : [ROLE_OF[who] ?? 'auditor']);
  real.way.push(`${who} tries ${name} in ${state}: ${expected}`);
  const { path, body } = ACTS[name](
    real.seen,
    real.document,
    real.api.record.town.staff,
    dateAt(real.api.now),
  );
  const { status, json } = await real.api.call(who, 'POST', `/v1/cases/${real.caseNo}/${path}`, {
    body: { occurredOn: dateAt(real.api.now), ...body },
    ifMatch: real.seen.tag,
  });
  expect(status === 200 ? 'done' : json['code'], real.way.join('; ')).toBe(expected);
  await agree(model, real);
  real.tried.push({ name, state, came: expected });
}

/** Somebody tries something. What, is settled by where the case stands, so that a random walk gets on. */
class Try implements Step {
  constructor(
    private readonly pick: number,
    private readonly by: 'duty' | 'everybody' | 'anybody',
    /** Something that is done where the case stands, or anything. */
    private readonly fitting: boolean,
  ) {}
  check = () => true;
  toString = () => `${this.by} tries ${this.fitting ? 'something fitting' : 'anything'} (${this.pick})`;

  async run(model: Model, real: Real): Promise<void> {
    // It fits nearly everywhere and ends the way: not too often.
    const ends = this.pick % 7 === 0;
    const fitting = NAMES.filter((name) => isIn(name, model.state) && (ends || name !== 'withdraw'));
    const among = this.fitting && fitting.length > 0 ? fitting : NAMES;
    const name = among[this.pick % among.length] ?? 'accept';
    const anybody = PEOPLE[this.pick % PEOPLE.length] ?? 'auditor';
    const who = this.by === 'duty' ? onDuty(name, model) : this.by === 'everybody' ? EVERYBODY : anybody;
    await tryAct(model, real, name, who);
  }
}

class AtOnce implements Step {
  check = () => true;
  toString = () => 'the house goes on by itself';
  async run(model: Model, real: Real): Promise<void> {
    real.way.push(this.toString());
    followAtOnce(model);
    await fireDue(real);
    await agree(model, real);
  }
}

class MonthPasses implements Step {
  /** The calendar of the year has an end. */
  check = () => true;
  toString = () => 'a month passes';
  async run(model: Model, real: Real): Promise<void> {
    if (real.months === 4) return;
    real.way.push(this.toString());
    real.months += 1;
    real.api.now = instant(real.api.now + MONTH_MS);
    passMonth(model);
    await fireDue(real);
    await agree(model, real);
  }
}

class Departments implements Step {
  constructor(private readonly wage: boolean) {}
  check = () => true;
  toString = () => `the departments answer${this.wage ? ', and one of them of a wage' : ''}`;
  async run(model: Model, real: Real): Promise<void> {
    if (model.questions !== 'open' || !model.open) return;
    real.way.push(this.toString());
    hearDepartments(model, this.wage);
    const { walker } = real.api.record;
    await walker.ask(real.caseNo, real.api.now);
    const asked = await walker.inside(real.caseNo, dateAt(real.api.now), (tx) => requestsOf(tx, real.caseNo));
    const insured = this.wage && asked.find(({ source }) => source === 'social_insurance');
    for (const request of asked)
      await walker.answer(real.caseNo, request, request === insured ? [WAGE] : [], real.api.now);
    await agree(model, real);
  }
}

/** Every clock that has run out, in the order of their ends, until none is left that has not been heard. */
async function fireDue({ api, caseNo }: Real): Promise<void> {
  const { walker } = api.record;
  const ripe = () =>
    walker.inside(caseNo, dateAt(api.now), async (tx) => {
      const heard = new Set((await clocksOf(tx, caseNo)).filter((row) => row.expiredAt).map(({ id }) => id));
      return (await runningClocks(tx, caseNo)).filter(({ id, dueAt }) => dueAt <= api.now && !heard.has(id));
    });
  const { open } = await walker.inside(caseNo, dateAt(api.now), async (tx) => readCase(tx, caseNo));
  if (!open) return;
  for (let [clock] = await ripe(); clock; [clock] = await ripe())
    await walker.due(caseNo, clock.code, api.now);
}

export const steps: fc.Arbitrary<Iterable<Step>> = fc.commands(
  [
    fc
      .tuple(
        fc.nat({ max: 9999 }),
        fc.constantFrom('duty', 'duty', 'duty', 'duty', 'everybody', 'everybody', 'anybody'),
        fc.constantFrom(true, true, true, false),
      )
      .map((given): Step => new Try(...given)),
    fc.constant(new AtOnce()),
    fc.boolean().map((wage): Step => new Departments(wage)),
    fc.constant(new MonthPasses()),
  ],
  { maxCommands: 20, size: 'max' },
);
