import type { DemoOptions } from './arguments.js';
import type { CaseView } from './case-view.js';
import { renderComparison } from './comparison.js';
import type { CaseReport } from './deadlines.js';
import { FileCannotRun, drive } from './driver.js';
import { placeOf, readHousehold, type Household } from './household.js';
import { Refused } from './http.js';
import { WORDS, type Lang } from './labels.js';
import { gatherPeople, type People } from './people.js';
import { demoResult } from './result.js';
import { openSession, type Session } from './session.js';
import { startStack, type Stack } from './stack.js';
import { renderDeadlines, renderTimeline, type TimelineEntry } from './timeline.js';
import { exitOf, renderVerification, verificationOf, type VerifyReport } from './verification.js';

export interface DemoRun extends DemoOptions {
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** From the door to a decision on a One Door of its own, which is gone afterwards. @returns what goes to stdout */
export async function runDemo(run: DemoRun): Promise<{ lines: string[]; exit: number }> {
  const household = await readHousehold(run.file);
  const { profile, signal, say } = run;
  say('Starting One Door for this demo …');
  const stack = await startStack({
    day: household.appliedOn,
    signal,
    ...(profile !== undefined && { profile }),
  });
  try {
    return await onStack(stack, household, run);
  } finally {
    say('Stopping One Door …');
    await stack.stop();
  }
}

async function onStack(
  stack: Stack,
  household: Household,
  run: DemoRun,
): Promise<{ lines: string[]; exit: number }> {
  const { say, lang } = run;
  await fillRegisters(stack, household);
  const people = gatherPeople(stack, placeOf(household).staff);
  const session = await apply(stack, people, household, say);
  const view = await drive({ session, events: afterSubmission(household), say });
  say('Verifying …');
  const { caseNo } = session;
  const report = await stack.json<CaseReport>(['case', 'show', caseNo]);
  const verification = verificationOf(await stack.json<VerifyReport>(['verify'], [0, 1, 3]));
  const exit = exitOf(verification);
  if (run.json) {
    const result = demoResult({
      caseNo,
      from: household.appliedOn,
      to: session.today(),
      view,
      report,
      verification,
    });
    return { lines: [JSON.stringify(result)], exit };
  }
  const { line } = await people.find('window_clerk');
  const { body: timeline } = await line.get<{ entries: TimelineEntry[] }>(`/v1/cases/${caseNo}/timeline`);
  const { body: explanation } = await line.get<{ lines: string[] }>(
    `/v1/cases/${caseNo}/explanation?lang=${lang}`,
  );
  const head = (zh: string, en: string): string[] => ['', `== ${lang === 'zh' ? zh : en} ==`];
  const lines = [
    `== ${lang === 'zh' ? `案卷 ${caseNo} 办理过程` : `Timeline of ${caseNo}`} ==`,
    ...renderTimeline(timeline.entries, report.clocks, lang),
    ...head('法定时限', 'Statutory clocks'),
    ...renderDeadlines(report.clocks, lang),
    ...head('申报与核对', 'Declared and verified'),
    ...renderComparison(view.comparison, nameIn(household, view, lang), lang),
    ...head('计算说明', 'How the amount was worked out'),
    ...explanation.lines,
    ...head('结果', 'Outcome'),
    closing(view, lang),
    ...head('事后校验', 'Verification'),
    ...renderVerification(verification, lang),
  ];
  return { lines, exit };
}

/** Names as the file has them; the API shows them masked. */
function nameIn({ members }: Household, { persons }: CaseView, lang: Lang): (id: string | null) => string {
  const names = new Map(members.map(({ ref, name }) => [persons[ref], name]));
  return (id) => (id === null ? (lang === 'zh' ? '家庭' : 'household') : (names.get(id) ?? ''));
}

/** What the departments hold about this household; a source the file does not name stays silent. */
async function fillRegisters({ departmentsUrl, signal }: Stack, { registers }: Household): Promise<void> {
  const response = await fetch(`${departmentsUrl}/registers?mode=replace`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ registers }),
    signal,
  });
  if (!response.ok) throw new Error(`the departments did not take the registers: ${await response.text()}`);
}

async function apply(
  stack: Stack,
  people: People,
  household: Household,
  say: DemoRun['say'],
): Promise<Session> {
  const [first] = household.events ?? [];
  const submit = first?.do === 'submit' ? { as: first.as, body: first.body } : { as: 'window_clerk' };
  try {
    return await openSession({ stack, people, household, say, submit });
  } catch (error) {
    if (!(error instanceof Refused) || error.problem.status !== 422) throw error;
    throw new FileCannotRun(error.where() ?? '(file)', `${error.problem.title}${detail(error)}`);
  }
}

const detail = ({ problem }: Refused): string =>
  problem.params
    ? ` (${Object.entries(problem.params)
        .map(([name, value]) => `${name}: ${value}`)
        .join(', ')})`
    : '';

const afterSubmission = ({ events = [] }: Household) =>
  events[0]?.do === 'submit' ? events.slice(1) : events;

function closing({ outcome, decision }: CaseView, lang: Lang): string {
  const word = WORDS.outcome(outcome ?? '', lang);
  if (outcome !== 'confirmed') return word;
  const yuan = ((decision?.monthlyBenefitFen ?? 0) / 100).toString();
  return lang === 'zh' ? `${word}，每月 ${yuan} 元` : `${word}, ${yuan} yuan a month`;
}
