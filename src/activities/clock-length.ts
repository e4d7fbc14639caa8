import { transitionsOf } from '../casefile/case-state.js';
import type { DueDate } from '../policy/calendar.js';
import { clockDue } from '../policy/clock-due.js';
import type { ClockRule } from '../policy/procedure.js';
import { runsWhere } from '../policy/place-flag.js';
import type { PlainDate } from '../terms/index.js';
import type { ProcedureDesk, StepContext } from './procedure-desk.js';

export interface ClockLength {
  readonly from: PlainDate;
  readonly due: DueDate;
}

/** From when a clock counts and when it runs out; null where the place has no such clock. */
export async function clockLength(
  procedure: ProcedureDesk,
  step: StepContext,
  rule: ClockRule<string>,
  start: PlainDate,
): Promise<ClockLength | null> {
  const place = await procedure.placeOf(step.tx, step.caseNo);
  const flagOn = rule.flagOf ? await dayOf(step, rule.flagOf, start) : start;
  if (!runsWhere(step.rulebook, rule, { place, on: flagOn })) return null;
  const from = rule.countsFrom ? await dayOf(step, rule.countsFrom, start) : start;
  const excluded = rule.excludable ? await procedure.excluded(step) : [];
  return { from, due: clockDue(step.rulebook, { length: rule.length, place, start: from, excluded }) };
}

const dayOf = async (step: StepContext, name: string, otherwise: PlainDate): Promise<PlainDate> =>
  (await transitionsOf(step.tx, step.caseNo)).find((each) => each.name === name)?.occurredOn ?? otherwise;
