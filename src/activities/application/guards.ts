import type { ApplicationGuard } from '../../policy/application.js';
import { requestsOf, visitsOf } from '../../casefile/evidence.js';
import { acceptanceOf, latestOpinion, noticesOf, openObjection } from '../../casefile/opinions.js';
import { missingPapers, supplementRequestOf } from '../../casefile/papers.js';
import type { StepContext } from '../procedure-desk.js';
import { openQuestions } from './adoption.js';
import { bodyOf } from './bodies.js';
import { determine } from './opinion.js';

type Check = (step: StepContext, body: unknown) => Promise<boolean> | boolean;

/** The named guards of the table, each a question to the record. */
export const GUARDS: Readonly<Record<ApplicationGuard, Check>> = {
  not_told_before: async ({ tx, caseNo }) => (await supplementRequestOf(tx, caseNo)) === undefined,
  supplies_something: (_, body) => bodyOf('supply', body).items.length > 0,
  papers_complete: async ({ tx, caseNo }) => (await missingPapers(tx, caseNo)).length === 0,
  two_investigators_signed: (_, given) => {
    const { method, investigators, householdSignatory } = bodyOf('record_visit', given);
    return method !== 'home_visit' || (new Set(investigators).size >= 2 && householdSignatory !== undefined);
  },
  cites_evidence: (_, given) =>
    bodyOf('adopt', given).adoptions.every((entry) =>
      entry.fact
        ? Boolean(entry.declaredFactId ?? entry.answerFactId ?? entry.documentId)
        : Boolean(entry.requestId ?? entry.link),
    ),
  investigation_complete: async ({ tx, caseNo }) => {
    const visited = (await visitsOf(tx, caseNo)).some((visit) => visit.method === 'home_visit');
    const settled = (await requestsOf(tx, caseNo)).every(
      (row) => row.outcome !== null && (row.outcome !== 'unanswered' || row.proofAdopted),
    );
    return visited && settled && (await openQuestions(tx, caseNo)).length === 0;
  },
  objection_investigated: async ({ tx, caseNo }) => {
    const objection = await openObjection(tx, caseNo);
    return (
      objection === undefined ||
      (await visitsOf(tx, caseNo)).some((visit) => visit.objectionId === objection.id)
    );
  },
  opinion_grants: async (step, body) =>
    bodyOf('form_opinion', body).proposes === 'grant' && (await determine(step)).eligible,
  opinion_refuses: (_, body) => bodyOf('form_opinion', body).proposes === 'refuse',
  // National text: one notice; after an objection the new opinion goes to the county (art. 19).
  notice_required: async ({ tx, caseNo }) => (await noticesOf(tx, caseNo)).length === 0,
  notice_not_required: async ({ tx, caseNo }) => (await noticesOf(tx, caseNo)).length > 0,
  no_open_objection: async ({ tx, caseNo }) => (await openObjection(tx, caseNo)) === undefined,
  // The county visit of art. 20 is recorded with the branch of separately registered relatives.
  county_visit_done: async ({ tx, caseNo }) => !(await acceptanceOf(tx, caseNo))?.nearRelative,
  county_opinion_grants: async ({ tx, caseNo }) =>
    (await latestOpinion(tx, caseNo, 'county'))?.proposes === 'grant',
};
