import { createHash } from 'node:crypto';
import { adoptedOf, evidenceHash, readApplication, visitsOf } from '../../casefile/evidence.js';
import { latestOpinion, openObjection } from '../../casefile/opinions.js';
import { includedMembers } from '../../casefile/persons.js';
import { newId, record } from '../../casefile/record.js';
import { recordRemark } from '../../casefile/remarks.js';
import { determinations, objectionFindings, opinions } from '../../casefile/schema/index.js';
import { inputsText, type Determination } from '../../policy/determination.js';
import { meansTest } from '../../policy/means-test.js';
import { divisionCode, DomainError, fen } from '../../terms/index.js';
import type { CommandContext, Effect, StepContext } from '../procedure-desk.js';
import { bodyOf } from './bodies.js';

/** The means test on what was adopted: same inputs and rulebook, same answer. @throws {DomainError} `parameter_missing`, `guard_not_met` */
export async function determine(step: StepContext): Promise<Determination> {
  const { tx, caseNo, rulebook, today } = step;
  const application = await readApplication(tx, caseNo);
  const [visit] = (await visitsOf(tx, caseNo)).filter((row) => row.propertyWithinLimits !== 'not_judged');
  return meansTest(rulebook, {
    place: divisionCode(application.placeCode),
    area: application.dibaoArea,
    memberCount: (await includedMembers(tx, caseNo)).length,
    appliedOn: application.occurredOn,
    parametersOn: application.parametersOn,
    lawOn: today,
    facts: (await adoptedOf(tx, caseNo)).map(
      ({ id, personId, kind, category, amountFen, periodFrom, periodTo }) => ({
        id,
        memberRef: personId,
        kind,
        category,
        amountFen,
        periodFrom,
        periodTo,
      }),
    ),
    propertyFinding: visit ? (visit.propertyWithinLimits === 'yes' ? 'within' : 'over') : null,
  });
}

/** 初审意见: what the township proposes, with the arithmetic it rests on (DIBAO-2021 art. 19). */
export async function formOpinion(step: CommandContext, given: unknown): Promise<Effect> {
  const body = bodyOf('form_opinion', given);
  const { tx, caseNo, at, staffId, commandId, occurredOn } = step;
  const determination = await determine(step);
  const determinationId = newId();
  await record(tx, determinations, {
    id: determinationId,
    caseNo,
    format: determination.format,
    inputs: determination.inputs,
    inputsHash: createHash('sha256').update(inputsText(determination.inputs)).digest('hex'),
    parameters: determination.parameterVersions,
    steps: determination.steps,
    eligible: determination.eligible,
    monthlyBenefitFen: determination.monthlyBenefitFen,
    at,
  });
  const grant = body.proposes === 'grant';
  const id = newId();
  const version = ((await latestOpinion(tx, caseNo, 'township'))?.version ?? 0) + 1;
  await record(tx, opinions, {
    id,
    caseNo,
    level: 'township',
    version,
    proposes: body.proposes,
    category: grant ? determination.category : 'none',
    determinationId,
    monthlyBenefitFen: grant ? determination.monthlyBenefitFen : fen(0),
    article: grant ? 'DIBAO-2021 art. 19, 23' : 'DIBAO-2021 art. 3, 13–14',
    reasonCode: body.reasonCode,
    evidenceHash: await evidenceHash(tx, caseNo),
    staffId,
    commandId,
    occurredOn,
  });
  await recordRemark(tx, caseNo, { about: 'opinion', refId: id, text: body.remarks });
  const objection = await openObjection(tx, caseNo);
  if (objection) {
    if (!body.objectionFinding) throw new DomainError('body_invalid', { pointer: '/objectionFinding' });
    await record(tx, objectionFindings, {
      objectionId: objection.id,
      caseNo,
      opinionId: id,
      finding: body.objectionFinding,
    });
  }
  return {
    result: {
      opinionId: id,
      version,
      proposes: body.proposes,
      monthlyBenefitFen: grant ? determination.monthlyBenefitFen : fen(0),
    },
    auditParams: {
      version,
      proposes: body.proposes,
      monthlyBenefitFen: grant ? determination.monthlyBenefitFen : fen(0),
    },
  };
}

/** 审核意见 of the county, on the township's arithmetic (DIBAO-2021 art. 20). */
export async function countyOpine(step: CommandContext, given: unknown): Promise<Effect> {
  const body = bodyOf('county_opine', given);
  const { tx, caseNo, staffId, commandId, occurredOn } = step;
  const township = await latestOpinion(tx, caseNo, 'township');
  if (!township) throw new DomainError('guard_not_met', { params: { guard: 'township_opinion' } });
  const version = ((await latestOpinion(tx, caseNo, 'county'))?.version ?? 0) + 1;
  const grant = body.proposes === 'grant';
  if (grant && township.proposes === 'refuse')
    throw new DomainError('guard_not_met', { params: { guard: 'township_opinion_grants' } });
  const id = newId();
  await record(tx, opinions, {
    id,
    caseNo,
    level: 'county',
    version,
    proposes: body.proposes,
    category: grant ? township.category : 'none',
    determinationId: township.determinationId,
    monthlyBenefitFen: grant ? township.monthlyBenefitFen : fen(0),
    article: 'DIBAO-2021 art. 20',
    reasonCode: body.reasonCode,
    evidenceHash: await evidenceHash(tx, caseNo),
    staffId,
    commandId,
    occurredOn,
  });
  await recordRemark(tx, caseNo, { about: 'opinion', refId: id, text: body.remarks });
  return {
    result: { opinionId: id, version, proposes: body.proposes },
    auditParams: { version, proposes: body.proposes },
  };
}
