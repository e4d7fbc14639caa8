import { cooperationById } from '../../casefile/cooperations.js';
import { divisionByCode } from '../../casefile/divisions.js';
import { newId, record } from '../../casefile/record.js';
import {
  caseCooperations,
  cooperationCancellations,
  cooperationReports,
} from '../../casefile/schema/index.js';
import { closeTasks, openTask } from '../../casefile/tasks.js';
import { clockDue } from '../../policy/clock-due.js';
import { DomainError } from '../../terms/index.js';
import type { CommandContext, Effect } from '../procedure-desk.js';
import { bodyOf } from './bodies.js';
import { placeOf } from './context.js';
import { keepVisit } from './visits.js';

/** 协助调查: the township where somebody lives gets a task and a clock of its own, and sees nothing else (art. 5, 15). */
export async function requestCooperation(step: CommandContext, given: unknown): Promise<Effect> {
  const { division, duty, person } = bodyOf('request_cooperation', given);
  const { tx, caseNo, staffId, commandId, occurredOn, today, at } = step;
  const there = await divisionByCode(tx, division, today);
  if (there.id === step.state.workingDivisionId || there.level !== 'township')
    throw new DomainError('body_invalid', {
      pointer: '/division',
      params: { reason: 'not_another_township' },
    });
  const id = newId();
  await record(tx, caseCooperations, {
    id,
    caseNo,
    divisionId: there.id,
    duty,
    personId: person,
    staffId,
    commandId,
    occurredOn,
  });
  const due = clockDue(step.rulebook, {
    length: { unit: 'parameter', parameter: 'cooperation_period' },
    place: await placeOf(tx, caseNo),
    start: occurredOn,
  });
  await openTask(tx, {
    caseNo,
    divisionId: there.id,
    role: 'investigator',
    kind: 'cooperate',
    params: { cooperationId: id, duty },
    dueOn: due.date,
    at,
  });
  return { refId: id, result: { cooperationId: id, dueOn: due.date }, auditParams: { division, duty } };
}

/** The cooperating township was there: its visit is evidence like any other. */
export async function reportCooperation(step: CommandContext, given: unknown): Promise<Effect> {
  const body = bodyOf('report_cooperation', given);
  const { tx, caseNo, staffId, commandId, occurredOn } = step;
  const { cooperationId } = body;
  const visitId = await keepVisit(step, body, { cooperationId });
  await record(tx, cooperationReports, { cooperationId, caseNo, visitId, staffId, commandId, occurredOn });
  await finish(step, cooperationId);
  return { refId: cooperationId, result: { cooperationId }, auditParams: { cooperationId, visitId } };
}

export async function cancelCooperation(step: CommandContext, given: unknown): Promise<Effect> {
  const { cooperationId, reasonCode } = bodyOf('cancel_cooperation', given);
  const { tx, caseNo, staffId, commandId, occurredOn } = step;
  await record(tx, cooperationCancellations, {
    cooperationId,
    caseNo,
    reasonCode,
    staffId,
    commandId,
    occurredOn,
  });
  await finish(step, cooperationId);
  return { refId: cooperationId, result: { cooperationId }, auditParams: { cooperationId, reasonCode } };
}

const finish = ({ tx, caseNo, at }: CommandContext, cooperationId: string): Promise<void> =>
  closeTasks(tx, caseNo, ['cooperate'], at, { cooperationId });

/** Open, of this case, and nothing said about it yet. */
export async function isOpenCooperation({ tx, caseNo }: CommandContext, id: string): Promise<boolean> {
  const found = await cooperationById(tx, id);
  return found.caseNo === caseNo && found.standing === 'open';
}
