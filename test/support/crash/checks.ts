import type postgres from 'postgres';
import { badEnds } from '../executions.js';
import { executionOf } from './at-work.js';
import { historiesReplay } from './replays.js';
import type { ParityReport } from '../../../src/stack/parity.js';
import type { Report } from '../../../src/stack/verify.js';
import type { Client } from './client.js';
import { readLedger } from './ledger-file.js';
import type { Town } from './town.js';
import { DEPOSIT_FEN, QUESTIONS, WAY } from './way.js';

/** What was looked at, and what is wrong with it. */
export interface Findings {
  readonly checked: Readonly<Record<string, number>>;
  readonly findings: readonly string[];
}

interface Checking {
  readonly town: Town;
  readonly reader: postgres.Sql;
  readonly client: Client;
  readonly caseNos: readonly string[];
}

/** Client journal = Postgres = Temporal = departments: nothing lost, nothing doubled. */
export async function lookAtEverything(checking: Checking): Promise<Findings> {
  const parts = [
    await journalKept(checking),
    await journalRepeats(checking),
    await waysOnce(checking),
    await questionsOnce(checking),
    await answersOnce(checking),
    await sound(checking),
    await historiesReplay(checking.town, checking.caseNos),
  ];
  return {
    checked: Object.assign({}, ...parts.map(({ checked }) => checked)) as Findings['checked'],
    findings: parts.flatMap(({ findings }) => findings),
  };
}

const same = (told: unknown, stored: unknown): boolean => JSON.stringify(told) === JSON.stringify(stored);
const sorted = (value: Readonly<Record<string, unknown>>): [string, unknown][] =>
  Object.entries(value).toSorted(([a], [b]) => a.localeCompare(b));

/** Every acknowledgement is a command on record with that result, and there is no other command. */
async function journalKept({ reader, client }: Checking): Promise<Findings> {
  interface Stored {
    id: string;
    key: string;
    case_no: string;
    status: string;
    outcome: { httpStatus: number; result?: Record<string, unknown> } | null;
  }
  const stored = await reader<Stored[]>`
    SELECT k.id, s.subject || ' ' || k.path || ' ' || k.idempotency_key AS key, k.case_no, k.status, k.outcome
    FROM commands k JOIN staff s ON s.id = k.staff_id`;
  const byKey = new Map(stored.map((row) => [row.key, row]));
  const told = new Set<string>();
  const findings: string[] = [];
  for (const { staff, path, key, status, told: answer } of client.journal) {
    const name = `${staff} ${path} ${key}`;
    told.add(name);
    const row = byKey.get(name);
    if (!row) findings.push(`lost: ${name} was acknowledged with ${status}`);
    else if (row.id !== answer['commandId']) findings.push(`${name} is another command than was told`);
    else if (status !== 202) {
      const { commandId: _, status: said, ...result } = answer;
      const { caseNo: _case, ...rest } = row.outcome?.result ?? {};
      const { caseNo, ...toldRest } = result;
      if (row.status !== said) findings.push(`${name} is ${row.status} and was told to be ${String(said)}`);
      if (caseNo !== row.case_no) findings.push(`${name} is about another case than was told`);
      if (row.outcome?.result && !same(sorted(toldRest), sorted(rest)))
        findings.push(`${name} came to something else than was told`);
    }
  }
  for (const row of stored)
    if (row.status === 'applied' && !told.has(row.key)) findings.push(`nobody was told of ${row.key}`);
  return { checked: { acknowledgements: client.journal.length, commands: stored.length }, findings };
}

/** Sent once more under its key, everything that was acknowledged gives the same answer and does nothing. */
async function journalRepeats({ town, reader, client }: Checking): Promise<Findings> {
  const count = async (): Promise<string> =>
    JSON.stringify(
      await reader`SELECT (SELECT count(*) FROM commands) AS c, (SELECT count(*) FROM transitions) AS t, (SELECT count(*) FROM cases) AS n`,
    );
  const final = client.journal.filter(({ status }) => status !== 202);
  const before = await count();
  const findings: string[] = [];
  for (const { staff, path, key, ifMatch, sent, told } of final) {
    const response = await fetch(town.apiUrl + path, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await town.token(staff)}`,
        'content-type': 'application/json',
        'idempotency-key': key,
        ...(ifMatch !== null && { 'if-match': ifMatch }),
      },
      body: JSON.stringify(sent),
    });
    const again = (await response.json()) as Record<string, unknown>;
    if (!response.ok || !same(sorted(again), sorted(told)))
      findings.push(`${path} under ${key} says something else the second time: ${response.status}`);
  }
  if ((await count()) !== before) findings.push('repetitions of what was acknowledged did something');
  return { checked: { repetitions: final.length }, findings };
}

/** Every case has gone its way, each step once. */
async function waysOnce({ reader, caseNos }: Checking): Promise<Findings> {
  const ways = await reader<{ caseNo: string; way: string[] | null }[]>`
    SELECT c.case_no AS "caseNo", array_agg(t.name ORDER BY t.seq) FILTER (WHERE t.on_kind <> 'answer') AS way
    FROM cases c LEFT JOIN transitions t USING (case_no) GROUP BY c.case_no`;
  const known = new Set(ways.map(({ caseNo }) => caseNo));
  const findings = caseNos.filter((caseNo) => !known.has(caseNo)).map((caseNo) => `lost: ${caseNo}`);
  if (known.size !== caseNos.length)
    findings.push(`${known.size} cases on record, ${caseNos.length} were submitted`);
  for (const { caseNo, way } of ways)
    if (!same(way?.toSorted(), WAY.toSorted())) findings.push(`${caseNo} went ${way?.join(', ')}`);
  return { checked: { cases: ways.length, steps: ways.length * WAY.length }, findings };
}

/** What departments took is what the record says it asked: every question once, under one id. */
async function questionsOnce({ town, reader, caseNos }: Checking): Promise<Findings> {
  const ledger = await readLedger(town.ledger);
  interface Asked {
    id: string;
    source: string;
    leaving: number;
    accepted: number;
    answered: boolean;
  }
  const asked = await reader<Asked[]>`
    SELECT r.id, r.source, (count(*) FILTER (WHERE a.phase = 'leaving'))::int AS leaving,
      (count(*) FILTER (WHERE a.phase = 'accepted'))::int AS accepted,
      EXISTS (SELECT 1 FROM request_outcomes o WHERE o.request_id = r.id AND o.answer_id IS NOT NULL) AS answered
    FROM department_requests r LEFT JOIN lookup_attempts a ON a.request_id = r.id GROUP BY r.id`;
  const findings: string[] = [];
  if (asked.length !== caseNos.length * QUESTIONS)
    findings.push(`${asked.length} questions on record instead of ${caseNos.length * QUESTIONS}`);
  for (const { id, source, leaving, accepted, answered } of asked) {
    const attempts = ledger.asked.get(id)?.attempts ?? 0;
    if (ledger.taken.get(id) !== 1) findings.push(`${source} took ${id} ${ledger.taken.get(id) ?? 0} times`);
    // Whoever was to write it down died, and the answer was there before anybody tried again: that says it too.
    if (accepted > 1 || (accepted === 0 && !answered))
      findings.push(`${id} is on record as taken ${accepted} times`);
    if (attempts > leaving)
      findings.push(`${source} was asked ${id} ${attempts} times, on record are ${leaving}`);
  }
  const onRecord = new Set(asked.map(({ id }) => id));
  for (const id of ledger.asked.keys())
    if (!onRecord.has(id)) findings.push(`a department was asked ${id}, which is not on record`);
  const subjects = new Set([...ledger.asked.values()].map(({ about }) => about));
  if (subjects.size !== ledger.asked.size)
    findings.push(`${ledger.asked.size} ids for ${subjects.size} questions`);
  const arrived = [...ledger.asked.values()].reduce((sum, { attempts }) => sum + attempts, 0);
  return {
    checked: {
      questions: asked.length,
      attempts: asked.reduce((sum, { leaving }) => sum + leaving, 0),
      arrived,
    },
    findings,
  };
}

/** Every letter that a department sent was stored once, read once, and its facts stand once. */
async function answersOnce({ town, reader, caseNos }: Checking): Promise<Findings> {
  const { left } = await readLedger(town.ledger);
  const findings: string[] = [];
  const rows = await reader<{ webhookId: string; readings: number; outcomes: number }[]>`
    SELECT a.webhook_id AS "webhookId", count(DISTINCT g.answer_id)::int AS readings, count(DISTINCT o.request_id)::int AS outcomes
    FROM raw_answers a LEFT JOIN answer_readings g ON g.answer_id = a.id AND g.verdict IN ('found', 'none')
    LEFT JOIN request_outcomes o ON o.answer_id = a.id GROUP BY a.id`;
  for (const { webhookId, readings, outcomes } of rows) {
    if (readings !== 1 || outcomes !== 1)
      findings.push(`${webhookId} was read ${readings} times for ${outcomes} outcomes`);
    if (!left.has(webhookId)) findings.push(`${webhookId} is on record, and no department heard of it`);
  }
  const stored = new Set(rows.map(({ webhookId }) => webhookId));
  for (const [webhookId, copies] of left)
    if (!stored.has(webhookId) || copies !== 0)
      findings.push(`lost: ${webhookId} was acknowledged, ${copies} copies left`);
  if (rows.length !== caseNos.length * QUESTIONS)
    findings.push(`${rows.length} answers on record instead of ${caseNos.length * QUESTIONS}`);
  const facts = await reader<{ caseNo: string; n: number; amount: string }[]>`
    SELECT c.case_no AS "caseNo", count(f.id)::int AS n, coalesce(sum(f.amount_fen), 0)::text AS amount
    FROM cases c LEFT JOIN answer_facts f USING (case_no) GROUP BY c.case_no`;
  for (const { caseNo, n, amount } of facts)
    if (n !== 1 || Number(amount) !== DEPOSIT_FEN)
      findings.push(`${caseNo} has ${n} facts from departments, of ${amount} fen together`);
  return { checked: { answers: rows.length, facts: facts.length }, findings };
}

/** What an operator would run. */
async function sound({ town, client, caseNos }: Checking): Promise<Findings> {
  const findings: string[] = [
    ...client.faults,
    ...town.endedByThemselves.map((who) => `nobody killed it: ${who}`),
  ];
  const verified = await town.ask(['verify']);
  const { checks = [] } = (verified.answer ?? {}) as Partial<Report>;
  for (const { invariant, findings: own, unknown } of checks) {
    findings.push(...own.map(({ record, problem }) => `verify ${invariant}: ${record} ${problem}`));
    if (unknown !== undefined) findings.push(`verify ${invariant}: ${unknown}`);
  }
  if (verified.exit !== 0) findings.push(`verify ended with ${verified.exit} ${verified.stderr}`);
  const compared = await town.ask(['parity']);
  const parity = compared.answer as ParityReport | null;
  if (!same(parity, { checked: caseNos.length, findings: [], unasked: [] }))
    findings.push(`parity: ${JSON.stringify(parity)} ${compared.stderr}`);
  for (const caseNo of parity?.unasked ?? []) findings.push(`${caseNo}: ${await executionOf(town, caseNo)}`);
  findings.push(...(await badEnds(town.temporal)));
  return {
    checked: {
      invariants: checks.length,
      verified: checks.reduce((sum, { checked }) => sum + checked, 0),
      executions: parity?.checked ?? 0,
    },
    findings,
  };
}
