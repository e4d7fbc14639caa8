import { REFUSAL } from './acts.js';
import type { CaseView } from './case-view.js';
import { addDays, nextWeekday } from './days.js';
import type { ScriptedAct } from './household.js';
import { Refused } from './http.js';
import type { Session } from './session.js';
import { nextStep } from './straight-path.js';

/** The file cannot be carried to an end as it is. `path` is where in the household file the reason lies. */
export class FileCannotRun extends Error {
  override readonly name = 'FileCannotRun';
  constructor(
    readonly path: string,
    readonly reason: string,
  ) {
    super(`${path}: ${reason}`);
  }
}

export interface Drive {
  readonly session: Session;
  readonly events: readonly ScriptedAct[];
  readonly say: (line: string) => void;
}

/** More than a year of waiting for one application: something hangs. */
const LAST_DAY = 500;
const SOON_MS = 300;
const SOON_TIMES = 100;

/**
 * Carries a case to its end: the acts of the file on their days, and between them whatever the straight path asks for.
 * A kind of act that the file still names is left to the file.
 */
export async function drive({ session, events, say }: Drive): Promise<CaseView> {
  const script = [...events];
  const first = session.today();
  let last = { day: '', as: '' };
  let soon = 0;
  for (;;) {
    const event = script[0];
    if (event && event.on <= session.today()) {
      script.shift();
      await scripted(session, event, say);
      last = { day: session.today(), as: event.as };
      continue;
    }
    const view = await session.read('window_clerk');
    const next = nextStep(view);
    if (next.kind === 'over') return view;
    if (next.kind === 'soon' && soon < SOON_TIMES) {
      soon += 1;
      await new Promise((done) => setTimeout(done, SOON_MS));
      continue;
    }
    soon = 0;
    const free = next.kind === 'act' && !script.some((each) => each.do === next.do);
    // Whoever's turn it is takes the file up the next morning; who has it before them goes on with it.
    if (free && (last.day !== session.today() || session.isSame(last.as, next.as))) {
      await dutiful(session, next);
      last = { day: session.today(), as: next.as };
      continue;
    }
    // An act that the file has for a later day is not looked for in between.
    const busy = free || (next.kind === 'wait' && view.state.includes('investigat'));
    const until = wakeUp(view, { today: session.today(), busy, event });
    if (addDays(first, LAST_DAY) < until)
      throw new Error(`${session.caseNo} is still ${view.state} on ${until}`);
    await session.advanceTo(until);
  }
}

interface Waiting {
  readonly today: string;
  /** Somebody looks at the file every working day. */
  readonly busy: boolean;
  readonly event: ScriptedAct | undefined;
}

/** The morning on which something can have changed. */
export function wakeUp({ clocks }: Pick<CaseView, 'clocks'>, { today, busy, event }: Waiting): string {
  const due = clocks.flatMap((clock) => (clock.done === null && clock.due >= today ? [clock.due] : []));
  const [earliest = today] = due.toSorted();
  const regular = busy ? nextWeekday(today) : nextWeekday(earliest);
  return event && event.on < regular ? event.on : regular;
}

/**
 * An act of the file. A refusal is the API's answer to it, shown and not repaired.
 * @throws {FileCannotRun} when the body is none that the API reads: then the file is wrong, not the act
 */
async function scripted(session: Session, event: ScriptedAct, say: Drive['say']): Promise<void> {
  try {
    await session.perform(event);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (error.problem.code === 'body_invalid')
      throw new FileCannotRun(
        [`events.${event.do}`, error.where()].filter(Boolean).join('.'),
        error.problem.title,
      );
    say(`${event.on}  ${event.as}  ${event.do}  → ${error.problem.status} ${error.problem.code}`);
  }
}

async function dutiful(session: Session, next: { do: string; as: string }): Promise<void> {
  const { actions } = await session.read(next.as);
  // Who may not do it, because they took part before, leaves it to a colleague.
  const as = actions.some(({ command }) => command === next.do) ? next.as : `second_${next.as}`;
  try {
    await session.perform({ do: next.do, as });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const instead = remedy(error, next.do, as);
    try {
      await session.perform(instead);
    } catch (again) {
      // A refusal in its turn may have to be preceded by something.
      if (!(again instanceof Refused) || instead.do !== next.do) throw again;
      await session.perform(remedy(again, next.do, as));
    }
  }
}

/** What a person does who was refused: the same with another outcome, or leaves it to a colleague. */
function remedy(
  refused: Refused,
  name: string,
  as: string,
): { do: string; as: string; body?: typeof REFUSAL } {
  const guard = refused.param('guard');
  // Asked for a grant, the table says that none can be given, or that only a refusal is to be proposed here.
  if (guard === 'eligible' || guard === 'proposes_refusal') return { do: name, as, body: REFUSAL };
  // What stands against the household is told to it before anything is refused.
  if (guard === 'findings_told') return { do: 'inform_findings', as: 'window_clerk' };
  // What the opinion rested on was corrected since: the township forms it anew, the county sends the file back for that.
  if (refused.problem.code === 'opinion_stale')
    return name === 'post_notice' ? { do: 'form_opinion', as: 'township_leader' } : { do: 'return_file', as };
  if (refused.problem.code === 'guard_not_met' && guard === 'papers_complete')
    return { do: 'request_supplement', as };
  if (refused.problem.code === 'contributor_barred') return { do: name, as: `second_${as}` };
  if (refused.problem.code === 'evidence_changed') return { do: name, as };
  if (refused.problem.code === 'parameter_missing')
    throw new FileCannotRun(
      'parametersOn',
      `the place has published no ${refused.param('key') ?? 'value'} for that day`,
    );
  if (guard === 'income_period')
    throw new FileCannotRun(
      'declared',
      `an income lies partly outside the months that count (${refused.param('from') ?? '?'} to ${refused.param('to') ?? '?'}): split it`,
    );
  throw refused;
}
