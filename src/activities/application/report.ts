import { divisionAbove } from '../../casefile/divisions.js';
import { newId, record } from '../../casefile/record.js';
import { recordReporter } from '../../casefile/reports.js';
import { reports } from '../../casefile/schema/index.js';
import { openTask } from '../../casefile/tasks.js';
import { AT_COUNTY } from '../../policy/application-states.js';
import { clockDue } from '../../policy/clock-due.js';
import type { CommandContext, Effect } from '../procedure-desk.js';
import { bodyOf } from './bodies.js';
import { placeOf } from './context.js';

const COUNTY_STAGE: readonly string[] = [...AT_COUNTY, 'township_confirm'];

/** 举报: the ground is in the file; who reported, and in which words, is not (DIBAO-2021 art. 36–37). */
export async function report(step: CommandContext, given: unknown): Promise<Effect> {
  const body = bodyOf('report', given);
  const { tx, caseNo, staffId, commandId, occurredOn, at, state } = step;
  const id = newId();
  await record(tx, reports, {
    id,
    caseNo,
    groundCode: body.groundCode,
    channel: body.channel,
    realName: body.realName,
    staffId,
    commandId,
    occurredOn,
  });
  await recordReporter(tx, caseNo, { refId: id, reporter: body.reporter, words: body.text });
  const county = await divisionAbove(tx, state.workingDivisionId, 'county');
  const due = clockDue(step.rulebook, {
    length: { unit: 'parameter', parameter: 'report_answer_days' },
    place: await placeOf(tx, caseNo),
    start: occurredOn,
  });
  await openTask(tx, {
    caseNo,
    divisionId: county.id,
    role: 'supervisor',
    kind: 'answer_report',
    params: { reportId: id, realName: body.realName ? 1 : 0 },
    dueOn: due.date,
    at,
  });
  if (COUNTY_STAGE.includes(state.state))
    await openTask(tx, {
      caseNo,
      divisionId: county.id,
      role: 'county_examiner',
      kind: 'county_visit',
      params: { reportId: id },
      at,
    });
  return {
    refId: id,
    result: { reportId: id, answerBy: due.date },
    auditParams: { ground: body.groundCode, realName: body.realName, channel: body.channel },
  };
}
