import type { CaseView, FactView, Question } from './case-view.js';

type Adoption = Readonly<Record<string, unknown>>;

/** Whether the sitting needs a document to lean on, because a source stayed silent. */
export const needsProof = (view: CaseView): boolean =>
  view.questions.some((question) => question.why === 'unanswered') || silentRequests(view).length > 0;

/**
 * What a verification officer chooses, question by question (DIBAO-2021 art. 13, 17): a register that contradicts the
 * declaration prevails; in place of a register that stayed silent stands other proof.
 * @param documentId the proof in the file; null when nothing stayed silent
 */
export function adoptionsFor(view: CaseView, documentId: string | null): Adoption[] {
  const proof = { ...(documentId !== null && { documentId }), reasonCode: 'source_silent' };
  const standIns = silentRequests(view).map(({ id }) => ({ requestId: id, ...proof }));
  const chosen = view.questions.flatMap((question) => {
    if (question.why === 'contradiction') return found(view, question);
    return about(view.declared, question).map((fact) => ({
      fact: stated(fact),
      declaredFactId: fact.id,
      ...proof,
    }));
  });
  return [...standIns, ...chosen];
}

const silentRequests = ({ requests }: CaseView) =>
  requests.filter((request) => request.standing === 'unanswered' && !request.proofAdopted);

function found(view: CaseView, question: Question): Adoption[] {
  const answered = about(view.verified, question);
  if (answered.length > 0)
    return answered.map((fact) => ({
      fact: stated(fact),
      answerFactId: fact.id,
      reasonCode: 'register_prevails',
    }));
  // The register knows of nothing: what the household says against its own interest stands.
  return about(view.declared, question).map((fact) => ({
    fact: stated(fact),
    declaredFactId: fact.id,
    reasonCode: 'declaration_against_interest',
  }));
}

const about = (facts: readonly FactView[], { personId, category }: Question): FactView[] =>
  facts.filter((fact) => fact.personId === personId && fact.category === category);

const stated = ({ personId, kind, category, amountFen, periodFrom, periodTo }: FactView): Adoption => ({
  ...(personId !== null && { person: personId }),
  kind,
  category,
  amountFen,
  periodFrom,
  periodTo,
});
