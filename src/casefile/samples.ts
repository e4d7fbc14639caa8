import { createHash } from 'node:crypto';
import { and, asc, eq, sql } from 'drizzle-orm';
import { drawSample, populationText, SAMPLING, type Draw } from '../policy/sampling.js';
import { dateAt, DomainError, type Instant, type PlainDate } from '../terms/index.js';
import { audit } from './audit-log.js';
import type { Database } from './db.js';
import { lockCase } from './case-state.js';
import { newId, record } from './record.js';
import { sampleDraws, sampleFindings, samples } from './schema/index.js';
import { closeTasks, openTask } from './tasks.js';
import { staffOf, type Tx } from './tx.js';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Confirmations by townships of a division, by the day of the decision. */
async function delegatedConfirmations(
  q: Pick<Database['db'], 'execute'>,
  { divisionId, from, to, on }: { divisionId: string; from: PlainDate; to: PlainDate; on: PlainDate },
): Promise<string[]> {
  const rows = await q.execute<{ case_no: string }>(
    sql`SELECT d.case_no FROM decisions d JOIN case_state s ON s.case_no = d.case_no
        WHERE d.stage = 'delegated_confirmation' AND d.kind = 'confirm' AND d.occurred_on BETWEEN ${from}::date AND ${to}::date
          AND s.working_division_id = ANY (onedoor.division_tree(ARRAY[${divisionId}::uuid], ${on}::date)) ORDER BY 1`,
  );
  return [...rows].map((row) => row.case_no);
}

export interface NewSample {
  readonly divisionId: string;
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly seed: string;
  readonly percent: number;
  readonly on: PlainDate;
  readonly at: Instant;
}

/**
 * Draws among the delegated confirmations of a county in a period, once, and opens a task for each case drawn.
 * @throws {DomainError} `not_allowed_now` when this period was drawn before: nobody draws again until they like it
 */
export async function draw(tx: Tx, asked: NewSample) {
  const { divisionId, from, to, seed, percent, at } = asked;
  await tx.q.execute(sql`SELECT pg_advisory_xact_lock(hashtext('sample:' || ${divisionId}))`);
  const [before] = await tx.q
    .select()
    .from(samples)
    .where(and(eq(samples.divisionId, divisionId), eq(samples.fromDay, from), eq(samples.toDay, to)));
  if (before)
    throw new DomainError('not_allowed_now', { params: { sampleId: before.id, seed: before.seed } });
  const population = await delegatedConfirmations(tx.q, asked);
  const drawn = population.length === 0 ? [] : drawSample({ seed, population, percent }, sha256);
  const id = newId();
  const populationHash = sha256(populationText(population));
  await tx.q.insert(samples).values({
    id,
    divisionId,
    fromDay: from,
    toDay: to,
    seed,
    algorithm: SAMPLING,
    percent,
    population: population.length,
    populationHash,
    staffId: staffOf(tx),
    at,
  });
  for (const caseNo of drawn) {
    await lockCase(tx, caseNo);
    const drawId = newId();
    await record(tx, sampleDraws, { id: drawId, caseNo, sampleId: id });
    await openTask(tx, {
      caseNo,
      divisionId,
      role: 'county_examiner',
      kind: 'check_sample',
      params: { drawId, sampleId: id },
      at,
    });
    await audit(tx, { caseNo, at, code: 'sample_drawn', params: { sampleId: id, drawId, seed } });
  }
  return { id, population: population.length, populationHash, drawn };
}

export const sampleOf = (tx: Tx, id: string) => readSample(tx.q, id);

async function readSample(q: Pick<Database['db'], 'select'>, id: string) {
  const [row] = await q.select().from(samples).where(eq(samples.id, id));
  if (!row) throw new DomainError('not_found');
  const drawn = await q
    .select({ drawId: sampleDraws.id, caseNo: sampleDraws.caseNo, finding: sampleFindings.finding })
    .from(sampleDraws)
    .leftJoin(sampleFindings, eq(sampleFindings.drawId, sampleDraws.id))
    .where(eq(sampleDraws.sampleId, id))
    .orderBy(asc(sampleDraws.caseNo));
  return { ...row, drawn };
}

/**
 * Draws a sample again from its seed and from what is on record, with a reader's rights.
 * @throws {DomainError} `not_found`
 */
export async function redraw({ db }: Pick<Database, 'db'>, id: string) {
  const sample = await readSample(db, id);
  const { seed, percent, algorithm, fromDay: from, toDay: to, divisionId } = sample;
  const population = await delegatedConfirmations(db, { divisionId, from, to, on: dateAt(sample.at) });
  const again = population.length === 0 ? [] : drawSample({ seed, population, percent }, sha256);
  const drawn = sample.drawn.map(({ caseNo }) => caseNo);
  return {
    sampleId: id,
    seed,
    percent,
    algorithm,
    population: population.length,
    samePopulation: sha256(populationText(population)) === sample.populationHash,
    drawn,
    /** Drawn then and not now, or now and not then. */
    different: [...drawn.filter((no) => !again.includes(no)), ...again.filter((no) => !drawn.includes(no))],
  };
}

/** Draws among the case numbers of a list. @throws {RangeError} for a share that is none */
export const drawAgain = (lot: Draw): string[] => drawSample(lot, sha256);

/** What the county found in a case it drew. Once; a finding that something is amiss is a task, never an effect. */
export async function keepFinding(
  tx: Tx,
  asked: {
    drawId: string;
    finding: 'in_order' | 'needs_review';
    reasonCode: string;
    commandId: string;
    occurredOn: PlainDate;
    divisionId: string;
    at: Instant;
  },
): Promise<void> {
  const { drawId, finding, divisionId, at } = asked;
  const [found] = await tx.q.select().from(sampleDraws).where(eq(sampleDraws.id, drawId));
  if (!found) throw new DomainError('not_found');
  const { caseNo } = found;
  await lockCase(tx, caseNo);
  const [before] = await tx.q.select().from(sampleFindings).where(eq(sampleFindings.drawId, drawId));
  if (before) throw new DomainError('not_allowed_now');
  await record(tx, sampleFindings, {
    drawId,
    caseNo,
    finding,
    reasonCode: asked.reasonCode,
    staffId: staffOf(tx),
    commandId: asked.commandId,
    occurredOn: asked.occurredOn,
  });
  await closeTasks(tx, caseNo, ['check_sample'], at, { drawId });
  if (finding === 'needs_review')
    await openTask(tx, {
      caseNo,
      divisionId,
      role: 'supervisor',
      kind: 'sample_needs_review',
      params: { drawId },
      at,
    });
  await audit(tx, { caseNo, at, code: 'sample_checked', params: { drawId, finding } });
}

export async function caseOfDraw(tx: Tx, drawId: string): Promise<string> {
  const [found] = await tx.q.select().from(sampleDraws).where(eq(sampleDraws.id, drawId));
  if (!found) throw new DomainError('not_found');
  return found.caseNo;
}
