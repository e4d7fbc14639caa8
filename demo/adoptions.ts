import { openLines, type CaseView, type LineView, type OptionView } from './case-view.js';

type Adoption = Readonly<Record<string, unknown>>;

/** Whether the sitting needs a document to lean on, because a source stayed silent. */
export const needsProof = (view: CaseView): boolean =>
  openLines(view).some(({ standing }) => standing === 'unanswered') || silentRequests(view).length > 0;

/**
 * What a verification officer chooses, line by line (DIBAO-2021 art. 13, 17): what a rule lays on top, else a register that
 * contradicts the declaration; in place of a register that stayed silent stands other proof.
 * @param documentId the proof in the file; null when nothing stayed silent
 */
export function adoptionsFor(view: CaseView, documentId: string | null): Adoption[] {
  const proof = { ...(documentId !== null && { documentId }), reasonCode: 'source_silent' };
  const standIns = silentRequests(view).map(({ id }) => ({ requestId: id, ...proof }));
  const chosen = openLines(view).flatMap((line) => {
    const option = choice(line);
    const reason = line.standing === 'unanswered' ? proof : { reasonCode: reasonFor(option) };
    return (option?.adoptions ?? []).map((entry) => ({ ...entry, ...reason }));
  });
  return [...standIns, ...chosen];
}

const silentRequests = ({ requests }: CaseView) =>
  requests.filter((request) => request.standing === 'unanswered' && !request.proofAdopted);

function choice({ options, standing }: LineView): OptionView | undefined {
  const of = (origin: OptionView['origin']) => options.find((each) => each.origin === origin);
  if (standing === 'unanswered') return of('declared') ?? options[0];
  // Where the register knows of nothing, what the household says against its own interest stands.
  return options.find(({ preChosen }) => preChosen !== null) ?? of('source') ?? of('declared');
}

const reasonFor = (option: OptionView | undefined): string =>
  option?.preChosen ?? (option?.origin === 'source' ? 'register_prevails' : 'declaration_against_interest');
