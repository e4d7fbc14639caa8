import { transitionsOf } from '../../casefile/case-state.js';
import { eligibleStaff } from '../../casefile/divisions.js';
import { visitsOf } from '../../casefile/evidence.js';
import { filingsOf } from '../../casefile/near-relatives.js';
import { reportsOf } from '../../casefile/reports.js';
import { AT_COUNTY } from '../../policy/application-states.js';
import type { StepContext } from '../procedure-desk.js';
import { switchedOn } from './context.js';

const COUNTY_STAGE: readonly string[] = [...AT_COUNTY, 'township_confirm'];

/** Reports that came while the county had the file, or the township in its place. Ids are in the order of time. */
async function reportsAtCounty({ tx, caseNo }: StepContext): Promise<string[]> {
  const heard = (await transitionsOf(tx, caseNo)).filter(
    ({ name, fromState }) => name === 'report' && COUNTY_STAGE.includes(fromState),
  );
  const ids = new Set(heard.map(({ refId }) => refId));
  return (await reportsOf(tx, caseNo)).map(({ id }) => id).filter((id) => ids.has(id));
}

/** Whether the county has to go and see for itself: separately registered relatives, or a report (art. 20). */
export const countyVisitNeeded = async (step: StepContext): Promise<boolean> =>
  (await filingsOf(step.tx, step.caseNo)).length > 0 || (await reportsAtCounty(step)).length > 0;

/** It went, and after the newest report. */
export async function countyVisitDone(step: StepContext): Promise<boolean> {
  if (!(await countyVisitNeeded(step))) return true;
  const newest = (await reportsAtCounty(step)).toSorted().at(-1) ?? '';
  return (await visitsOf(step.tx, step.caseNo)).some(({ id, level }) => level === 'county' && id > newest);
}

/**
 * The township may confirm: the province lets it, nobody's relative is concerned, and there is a leader left who took
 * no part. Otherwise the file goes to the county.
 */
export async function delegated(step: StepContext): Promise<boolean> {
  if (!(await switchedOn(step, 'confirmation_delegated')) || (await countyVisitNeeded(step))) return false;
  const leaders = await eligibleStaff(step.tx, {
    role: 'township_leader',
    divisionId: step.state.workingDivisionId,
    caseNo: step.caseNo,
    on: step.today,
  });
  return leaders.length > 0;
}
