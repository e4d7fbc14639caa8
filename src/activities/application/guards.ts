import { standingRequests, visitsOf } from '../../casefile/evidence.js';
import { cooperationsOf } from '../../casefile/cooperations.js';
import { deliveriesOf } from '../../casefile/deliveries.js';
import { documentsOf } from '../../casefile/documents.js';
import { appraisalFor, latestOpinion, noticesOf, openObjection } from '../../casefile/opinions.js';
import { missingPapers, supplementRequestOf } from '../../casefile/papers.js';
import { readApplication } from '../../casefile/evidence.js';
import { includedMembers } from '../../casefile/persons.js';
import { signatoriesOf } from '../../casefile/representations.js';
import type { ApplicationGuard } from '../../policy/application.js';
import type { CommandContext, StepContext } from '../procedure-desk.js';
import { openQuestions } from './adoption.js';
import { answeredByReport } from './ask-afresh.js';
import { appraisalValid } from './appraisal.js';
import { bodyOf } from './bodies.js';
import { sinceHere, switchedOn } from './context.js';
import { mayBeAskedAgain } from './look-again.js';
import { isOpenCooperation } from './cooperation.js';
import { supplementDue, warningUnheeded } from './endings.js';
import { groundHolds } from './extension-ground.js';
import { bothFresh, townshipFresh } from './freshness.js';
import { countyVisitDone, delegated } from './oversight.js';
import { determine } from './opinion.js';
import { findingsAgainst } from './findings-against.js';
import { aboutMembers, madeElsewhere, reportInForce, samePurpose } from './recognise-report.js';
import { wasHeard } from './verification-dispute.js';

/** Guards of commands are asked with a command at hand; those of clocks and answers without. */
type Check = (step: CommandContext, body: unknown) => Promise<boolean> | boolean;

const VISITS: readonly string[] = ['home_visit', 'phone_visit', 'video_visit'];
const REMOTE: readonly string[] = ['phone_visit', 'video_visit'];
const posted = async ({ tx, caseNo }: StepContext): Promise<number> => (await noticesOf(tx, caseNo)).length;
const second = async (step: StepContext): Promise<boolean> =>
  (await posted(step)) > 0 && (await switchedOn(step, 'second_notice'));

/** The named guards of the table, each a question to the record. */
export const GUARDS: Readonly<Record<ApplicationGuard, Check>> = {
  not_told_before: async ({ tx, caseNo }) => (await supplementRequestOf(tx, caseNo)) === undefined,
  supplies_something: (_, body) => bodyOf('supply', body).items.length > 0,
  papers_complete: async ({ tx, caseNo }) => (await missingPapers(tx, caseNo)).length === 0,
  // 核对前置: elsewhere nobody is asked before the acceptance, and there is nothing to wait for.
  verified_first: async ({ tx, caseNo }) =>
    (await standingRequests(tx, caseNo)).every(({ outcome }) => outcome !== null),
  supplement_over: async (step) => {
    const due = await supplementDue(step);
    return due !== undefined && step.occurredOn > due;
  },
  two_investigators_signed: (_, given) => {
    const { method, investigators, householdSignatory } = bodyOf('record_visit', given);
    const enough = new Set(investigators).size >= 2;
    return (
      !VISITS.includes(method) || (enough && (method !== 'home_visit' || householdSignatory !== undefined))
    );
  },
  method_allowed: async (step, given) =>
    !REMOTE.includes(bodyOf('record_visit', given).method) || (await switchedOn(step, 'remote_visits')),
  cites_evidence: (_, given) =>
    bodyOf('adopt', given).adoptions.every((entry) =>
      entry.fact
        ? Boolean(entry.declaredFactId ?? entry.answerFactId ?? entry.documentId)
        : Boolean(entry.requestId ?? entry.link),
    ),
  answered_by_report: answeredByReport,
  made_elsewhere: madeElsewhere,
  same_purpose: samePurpose,
  report_in_force: reportInForce,
  about_members: aboutMembers,
  answered_once: async (step, given) => mayBeAskedAgain(step, bodyOf('look_again', given).requestId),
  cooperation_open: (step, given) =>
    isOpenCooperation(step, bodyOf('cancel_cooperation', given).cooperationId),
  investigation_complete: async (step) => {
    const { tx, caseNo } = step;
    const here = await sinceHere(step);
    const visited = (await visitsOf(tx, caseNo)).some(
      ({ id, method }) => VISITS.includes(method) && here(id),
    );
    const settled = (await standingRequests(tx, caseNo)).every(
      (row) => row.outcome !== null && (row.outcome !== 'unanswered' || row.proofAdopted),
    );
    const helped = (await cooperationsOf(tx, caseNo)).every(({ standing }) => standing !== 'open');
    return visited && settled && helped && (await openQuestions(tx, caseNo)).length === 0;
  },
  findings_against: async (step) => (await findingsAgainst(step)).length > 0,
  findings_told: async (step) => (await findingsAgainst(step)).length === 0 || wasHeard(step),
  objection_period_over: wasHeard,
  objection_answered: async ({ tx, caseNo }) => {
    const objection = await openObjection(tx, caseNo);
    if (!objection) return true;
    const lookedInto = (await visitsOf(tx, caseNo)).some((visit) => visit.objectionId === objection.id);
    return lookedInto || (await appraisalFor(tx, objection.id)) !== undefined;
  },
  appraisal_valid: appraisalValid,
  proposes_grant: (_, body) => bodyOf('form_opinion', body).proposes === 'grant',
  proposes_refusal: (_, body) => bodyOf('form_opinion', body).proposes === 'refuse',
  eligible: async (step) => (await determine(step)).eligible,
  opinion_fresh: townshipFresh,
  opinions_fresh: bothFresh,
  // National text: one notice, after an objection the new opinion goes to the county (art. 19). Some places post again.
  notice_required: async (step) => (await posted(step)) === 0,
  second_notice_required: second,
  notice_not_required: async (step) => (await posted(step)) > 0 && !(await switchedOn(step, 'second_notice')),
  refusal_posted: async (step) =>
    (await switchedOn(step, 'refusals_posted')) && ((await posted(step)) === 0 || (await second(step))),
  no_open_objection: async ({ tx, caseNo }) => (await openObjection(tx, caseNo)) === undefined,
  delegated,
  county_visit_done: countyVisitDone,
  county_opinion_grants: async ({ tx, caseNo }) =>
    (await latestOpinion(tx, caseNo, 'county'))?.proposes === 'grant',
  township_opinion_grants: async ({ tx, caseNo }) =>
    (await latestOpinion(tx, caseNo, 'township'))?.proposes === 'grant',
  notice_given: async ({ tx, caseNo }) => {
    const papers = (await documentsOf(tx, caseNo)).filter(({ kind }) => CONFIRMATIONS.includes(kind));
    const brought = await deliveriesOf(tx, caseNo);
    return papers.some(({ id }) => brought.some(({ documentId }) => documentId === id));
  },
  signed_by_applicant: async ({ tx, caseNo }, body) => {
    const { applicantId } = await readApplication(tx, caseNo);
    return (await signatoriesOf(tx, caseNo, applicantId)).includes(bodyOf('withdraw', body).signedBy);
  },
  ground_holds: groundHolds,
  by_member: async ({ tx, caseNo }, body) =>
    (await includedMembers(tx, caseNo)).some(({ personId }) => personId === bodyOf('warn', body).person),
  warning_unheeded: warningUnheeded,
};

const CONFIRMATIONS: readonly string[] = ['confirmation_notice', 'dibao_certificate'];
