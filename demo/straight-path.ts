import { openLines, type CaseView } from './case-view.js';

/** What should happen next if everybody does their duty and nobody objects. */
export type Next =
  | { readonly kind: 'act'; readonly do: string; readonly as: string }
  /** The procedure itself is about to move on: look again in a moment. */
  | { readonly kind: 'soon' }
  /** Nothing to do today: a department, the public or a deadline is awaited. */
  | { readonly kind: 'wait' }
  | { readonly kind: 'over' };

const act = (does: string, as: string): Next => ({ kind: 'act', do: does, as });

/** Reads the next act off the file. Who may really do it is the API's to say. */
export function nextStep(view: CaseView): Next {
  if (!view.open) return { kind: 'over' };
  switch (view.state) {
    case 'submitted':
      return view.missingPapers.length > 0
        ? act('request_supplement', 'window_clerk')
        : act('accept', 'window_clerk');
    case 'awaiting_supplement':
      return act('supply', 'window_clerk');
    case 'accepted':
    case 'refusal_proposed':
    case 'confirmed':
    case 'forwarding':
      return { kind: 'soon' };
    case 'investigating':
    case 'reinvestigate':
      return investigation(view);
    case 'verification_negative':
      return view.tasks.some(
        ({ kind, params }) => kind === 'deadline_passed' && params['clock'] === 'verification_objection',
      )
        ? act('form_opinion', 'township_leader')
        : { kind: 'wait' };
    case 'preliminary_opinion':
      return settleOr(view, act('post_notice', 'window_clerk'));
    case 'forwarded':
      return settleOr(view, act('county_opine', 'county_examiner'));
    case 'county_reviewed':
      return settleOr(view, decision(view));
    case 'granted':
      return view.tasks.some(({ kind }) => kind === 'give_confirmation_notice')
        ? act('give_confirmation_notice', 'window_clerk')
        : act('publish', 'window_clerk');
    case 'unsupplied':
    case 'terminated':
      return act('give_closing_notice', 'window_clerk');
    case 'returned':
      return act('resume_returned', 'township_leader');
    case 'refused':
      return act('give_refusal_notice', 'window_clerk');
    default:
      return { kind: 'wait' };
  }
}

const decision = ({ proposed }: CaseView): Next =>
  act(proposed.county === 'grant' ? 'confirm' : 'refuse', 'county_confirmer');

/** A department may correct itself while an opinion stands: somebody looks at it before the file goes on. */
const settleOr = (view: CaseView, otherwise: Next): Next =>
  openLines(view).length > 0 ? act('adopt', 'verification_officer') : otherwise;

function investigation(view: CaseView): Next {
  if (needsVisit(view)) return act('record_visit', 'investigator');
  if (canSettle(view)) return act('adopt', 'verification_officer');
  if (view.requests.some((request) => request.standing === 'pending')) return { kind: 'wait' };
  return act('form_opinion', 'township_leader');
}

/** An objection needs a visit of its own. */
function needsVisit({ visits, objection }: CaseView): boolean {
  const home = visits.filter((visit) => visit.method === 'home_visit');
  return !home.some(
    (visit) => objection === null || (visit.forObjection && visit.occurredOn >= objection.occurredOn),
  );
}

/** All at once, when every department has answered or stayed silent: one sitting, not one per answer. */
function canSettle(view: CaseView): boolean {
  const { requests } = view;
  if (requests.some((request) => request.standing === 'pending')) return false;
  const silent = requests.some((request) => request.standing === 'unanswered' && !request.proofAdopted);
  return silent || openLines(view).length > 0;
}
