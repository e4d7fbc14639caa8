import { v5 as uuidV5 } from 'uuid';
import { and, eq, inArray } from 'drizzle-orm';
import { openAnswer } from '../../src/casefile/answers.js';
import { rawAnswers } from '../../src/casefile/schema/index.js';
import { sourceOf, SOURCES } from '../../src/departments/sources.js';
import { openPersons } from '../../src/casefile/persons.js';
import { inCasefile } from '../../src/casefile/tx.js';
import { faultOf } from '../../src/departments/simulator/fault-choice.js';
import type { FaultCode } from '../../src/departments/simulator/faults.js';
import { mixedProfiles } from './mixed-households.js';
import { workflowId, type Source } from '../../src/terms/index.js';
import { isGenuine } from './letter-witness.js';
import type { MixedCase, MixedRun } from './mixed-faults.js';

/** What the simulator sends with a signature that is not its own of today, and beside it what is too large to be read. */
const BAD_SIGNATURES: readonly FaultCode[] = [
  'wrong_key',
  'expired_timestamp',
  'old_key',
  'another_departments_key',
];
const NOT_ACCEPTED: readonly FaultCode[] = ['large_callback', ...BAD_SIGNATURES];

interface Asked {
  readonly id: string;
  readonly case_no: string;
  readonly person_id: string;
  readonly source: Source;
  readonly outcome: string | null;
}
const askedIn = ({ house }: MixedRun): Promise<Asked[]> => house.database.reader.sql<Asked[]>`
  SELECT r.id, r.case_no, r.person_id, r.source, o.outcome FROM department_requests r
  LEFT JOIN request_outcomes o ON o.request_id = r.id ORDER BY r.id`;

/** Everybody's number, by person id: opened case by case, as whoever answers would. */
async function numbersIn({ house, cases }: MixedRun): Promise<Map<string, string>> {
  const on = await house.today();
  const numbers = new Map<string, string>();
  for (const { caseNo } of cases)
    for (const person of await inCasefile(
      house.database.casefile,
      { actor: 'system:answers', on, caseNo },
      (tx) => openPersons(tx, caseNo),
    ))
      if (person.idNumber) numbers.set(person.id, person.idNumber);
  return numbers;
}

/** What befell each question, as the simulator drew it: by seed, source and person. */
export async function mishapsOf(run: MixedRun): Promise<Map<string, FaultCode | undefined>> {
  const profiles = mixedProfiles(run.seed);
  const numbers = await numbersIn(run);
  return new Map(
    (await askedIn(run)).map(({ id, source, person_id: person }) => [
      id,
      faultOf({
        profile: profiles[source] ?? { kind: 'prompt' },
        seed: run.seed,
        question: [source, numbers.get(person) ?? '', 0],
      }),
    ]),
  );
}

const NAMESPACE_OF_ANSWERS = (seed: number) => [`answer/${seed}`, `second answer/${seed}`];

/** A letter that nobody signed, or that is too much, was accepted; or one that should have been was not, or got lost. */
export async function unsignedAccepted(run: MixedRun): Promise<string[]> {
  const { house, witness, seed } = run;
  const planned = new Map<string, FaultCode | undefined>();
  for (const [id, fault] of await mishapsOf(run))
    for (const part of NAMESPACE_OF_ANSWERS(seed)) planned.set(`msg_${uuidV5(part, id)}`, fault);
  const stored = new Map<string, number>();
  const ofNoCase = new Set<string>();
  for (const { webhook_id: id, case_no: caseNo } of await house.database.reader.sql<
    { webhook_id: string; case_no: string | null }[]
  >`SELECT webhook_id, case_no FROM raw_answers`) {
    stored.set(id, (stored.get(id) ?? 0) + 1);
    if (caseNo === null) ofNoCase.add(id);
  }
  const found: string[] = [];
  for (const letter of witness.letters) {
    const { source, webhookId, status } = letter;
    const key = house.webhookKeys[source]?.[0];
    const genuine = key !== undefined && isGenuine(letter, key);
    const fault = planned.get(webhookId);
    const unwelcome = fault !== undefined && NOT_ACCEPTED.includes(fault);
    const told = `${webhookId} of ${source} (${fault ?? 'as it should be'}): ${status}`;
    if (!planned.has(webhookId)) found.push(`${told}, of no question`);
    if (unwelcome && fault !== 'large_callback' && genuine) found.push(`${told}, and yet signed`);
    if (unwelcome !== (status === 401 || status === 413 || status === null))
      found.push(`${told} was answered`);
    if ((stored.get(webhookId) ?? 0) !== (unwelcome ? 0 : 1))
      found.push(`${told}, stored ${stored.get(webhookId)}`);
  }
  const seen = new Set(witness.letters.map(({ webhookId }) => webhookId));
  const collected = await collectedIn(run);
  const mishaps = await mishapsOf(run);
  for (const id of stored.keys()) {
    // An answer to a question that nobody asked is kept and read by nobody.
    if (seen.has(id) || ofNoCase.has(id)) continue;
    const body = collected.get(id);
    const about = body && contentOf(body)?.requestId;
    // What cannot be read names no question: then the id says whose it is, for it is made of the question's.
    const fault = about === undefined ? planned.get(id) : mishaps.get(about);
    if (!body) found.push(`${id} was stored and nobody sent it`);
    else if (fault !== undefined && BAD_SIGNATURES.includes(fault))
      found.push(`${id} (${fault}) was collected and believed`);
  }
  return found;
}

/** What the house came for itself, poll by poll and row by row: the bytes that it kept, by the id of their sender. */
async function collectedIn({ house, cases }: MixedRun): Promise<Map<string, Buffer>> {
  const on = await house.today();
  const wires = SOURCES.filter((source) => sourceOf(source).wire !== 'callback');
  const kept = new Map<string, Buffer>();
  for (const { caseNo } of cases)
    await inCasefile(house.database.casefile, { actor: 'system:answers', on, caseNo }, async (tx) => {
      const rows = await tx.q
        .select()
        .from(rawAnswers)
        .where(and(eq(rawAnswers.caseNo, caseNo), inArray(rawAnswers.source, wires)));
      for (const row of rows) kept.set(row.webhookId, Buffer.from(await openAnswer(tx, row)));
    });
  return kept;
}

interface Used {
  readonly webhook_id: string;
  readonly case_no: string;
  readonly request_id: string;
  readonly person_id: string;
  readonly amounts: readonly number[];
  readonly about: readonly string[];
}

/** Answers that came to something, although the letter is about somebody else, or not what the letter says. */
export async function othersAttached(run: MixedRun): Promise<string[]> {
  const numbers = await numbersIn(run);
  const bodies = new Map([
    ...(await collectedIn(run)),
    ...run.witness.letters.map(({ webhookId, body }) => [webhookId, body] as const),
  ]);
  const used = await run.house.database.reader.sql<Used[]>`
    SELECT a.webhook_id, g.case_no, g.request_id, q.person_id,
      coalesce((SELECT array_agg(f.amount_fen::float8) FROM answer_facts f WHERE f.answer_id = a.id), '{}') AS amounts,
      coalesce((SELECT array_agg(DISTINCT f.person_id::text) FROM answer_facts f WHERE f.answer_id = a.id), '{}') AS about
    FROM answer_readings g JOIN raw_answers a ON a.id = g.answer_id JOIN department_requests q ON q.id = g.request_id
    WHERE EXISTS (SELECT 1 FROM request_outcomes o WHERE o.answer_id = a.id)
      OR EXISTS (SELECT 1 FROM answer_facts f WHERE f.answer_id = a.id)
      OR g.verdict IN ('found', 'none', 'corrected_found', 'corrected_none', 'confirmed')`;
  const found: string[] = used.length === 0 ? ['nothing was answered at all'] : [];
  for (const row of used) {
    const body = bodies.get(row.webhook_id);
    const said = body && contentOf(body);
    if (!said) found.push(`${row.case_no}: ${row.webhook_id} cannot be read, and was used`);
    else {
      if (said.idNumber !== numbers.get(row.person_id))
        found.push(`${row.case_no}: ${row.webhook_id} is about another`);
      if (said.requestId !== row.request_id)
        found.push(`${row.case_no}: ${row.webhook_id} answers another question`);
      if (row.about.some((person) => person !== row.person_id))
        found.push(`${row.case_no}: facts of another person`);
      if (!row.amounts.every((amount) => said.amounts.includes(amount)))
        found.push(`${row.case_no}: ${row.webhook_id} does not say ${row.amounts.join()}`);
    }
  }
  return found;
}

function contentOf(body: Buffer): { idNumber: string; requestId: string; amounts: number[] } | undefined {
  try {
    const said = JSON.parse(body.toString('utf8')) as {
      requestId: string;
      subject: { idNumber: string };
      facts: { amountFen?: number }[];
    };
    return {
      requestId: said.requestId,
      idNumber: said.subject.idNumber,
      amounts: said.facts.flatMap(({ amountFen }) => amountFen ?? []),
    };
  } catch {
    return undefined;
  }
}

/**
 * Cases without a next step. A case has one when a leader has signed on it and the clerk has the notice to post; or when
 * the file lacks something and a verification officer has been given each question that it lacks. In any case its
 * workflow runs, nobody has called an operator, every question has come to something, and nothing waits unread.
 */
export async function stuckIn(run: MixedRun): Promise<string[]> {
  const { sql } = run.house.database.reader;
  const found: string[] = [];
  for (const { id, case_no: caseNo, outcome, source } of await askedIn(run))
    if (outcome === null) found.push(`${caseNo}: ${source} (${id}) has come to nothing`);
  const tasks = await sql<{ case_no: string; kind: string; role: string }[]>`
    SELECT case_no, kind, role FROM tasks WHERE done_at IS NULL AND case_no IS NOT NULL`;
  const states = new Map(
    (
      await sql<
        { case_no: string; state: string; open: boolean }[]
      >`SELECT case_no, state, open FROM case_state`
    ).map((row) => [row.case_no, row]),
  );
  for (const { caseNo, opinion } of run.cases) {
    const own = tasks.filter((task) => task.case_no === caseNo);
    const waitsFor = (role: string, kinds?: readonly string[]) =>
      own.some((task) => task.role === role && (kinds?.includes(task.kind) ?? true));
    const at = states.get(caseNo);
    const told = `${caseNo} at ${at?.state} (${opinion}) with ${own.map(({ kind }) => kind).join()}`;
    if (!at?.open) found.push(`${told}: is closed`);
    if (waitsFor('operator', ['case_stuck'])) found.push(`${told}: nobody but an operator can go on`);
    if (opinion === undefined) {
      if (!waitsFor('township_leader', ['form_opinion'])) found.push(`${told}: waits for no opinion`);
    } else if (opinion === 'signed') {
      if (at?.state !== 'preliminary_opinion' || !waitsFor('window_clerk', ['post_notice']))
        found.push(`${told}: has nobody to post the notice`);
    } else if (opinion === '409 guard_not_met investigation_complete') {
      if (!waitsFor('verification_officer')) found.push(`${told}: lacks something, and nobody was told`);
    } else found.push(`${told}: was refused for another reason`);
    const execution = await run.house.temporal.client.workflow
      .getHandle(workflowId('application', caseNo))
      .describe();
    if (execution.status.name !== 'RUNNING') found.push(`${told}: its workflow ${execution.status.name}`);
    if (execution.raw.pendingWorkflowTask) found.push(`${told}: its workflow does not come to rest`);
  }
  return found;
}

/** Cases whose file says more than the household truly has, and opinions that grant less than others of its kind have. */
export async function poorerIn(run: MixedRun): Promise<string[]> {
  const { sql } = run.house.database.reader;
  const found: string[] = [];
  const kindOf = new Map(run.cases.map((each): [string, MixedCase] => [each.caseNo, each]));
  for (const { case_no: caseNo, category, amount } of await sql<
    { case_no: string; category: string; amount: number }[]
  >`SELECT case_no, category, amount_fen::float8 AS amount FROM adopted_facts`) {
    const truth = kindOf.get(caseNo)?.body.declared ?? [];
    if (!truth.some((fact) => fact.category === category && fact.amountFen === amount))
      found.push(`${caseNo}: ${category} of ${amount} was adopted`);
  }
  const benefits = new Map<string, Set<number>>();
  for (const { case_no: caseNo, benefit } of await sql<
    { case_no: string; benefit: number }[]
  >`SELECT d.case_no, d.monthly_benefit_fen::float8 AS benefit FROM determinations d`) {
    const kind = kindOf.get(caseNo)?.kind ?? '';
    benefits.set(kind, (benefits.get(kind) ?? new Set()).add(benefit));
  }
  for (const [kind, amounts] of benefits)
    if (amounts.size > 1) found.push(`households of the kind "${kind}" are granted ${[...amounts].join()}`);
  if (benefits.size === 0) found.push('nobody was granted anything');
  return found;
}
