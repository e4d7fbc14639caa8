import { accessesOf, takeNews, type News } from '../casefile/access.js';
import { divisionById } from '../casefile/divisions.js';
import { raiseSignal } from '../casefile/lookup-signals.js';
import { attempt, inCasefile, type Casefile, type Tx } from '../casefile/tx.js';
import { accessValue } from '../policy/access-defaults.js';
import type { Rulebook } from '../policy/rulebook-types.js';
import { lookBack, signalsIn, type SignalContext } from '../policy/signals/index.js';
import { dateAt, divisionCode, type Instant } from '../terms/index.js';
import type { BusinessTime } from './business-time.js';

export interface AccessReviewDeps {
  readonly casefile: Casefile;
  readonly time: BusinessTime;
  readonly rulebook: () => Rulebook;
  readonly report: (code: string, topic: string) => void;
}

/**
 * Looks through what staff looked at since the last time, by the rules of their place, and tells their auditor. Any
 * number may run: one does it at a time, and the same is said once.
 * @returns how many signals are new
 */
export const createAccessReview = ({ casefile, time, rulebook, report }: AccessReviewDeps) =>
  async function reviewAccess(): Promise<number> {
    const at = await time.now();
    return inCasefile(casefile, { actor: 'system:sweep', on: dateAt(at) }, async (tx) => {
      let fresh = 0;
      for (const news of await takeNews(tx))
        // One whose place cannot be judged does not keep the others from being looked at.
        fresh += await attempt(tx, (inner) => reviewOne(inner, rulebook(), news, at)).catch(
          (error: unknown) => {
            report(error instanceof Error ? error.name : 'unknown', 'access');
            return 0;
          },
        );
      return fresh;
    });
  };

async function reviewOne(tx: Tx, rulebook: Rulebook, news: News, at: Instant): Promise<number> {
  const context = await contextOf(tx, rulebook, news);
  const { staffId, divisionId } = news;
  const accesses = await accessesOf(tx, staffId, lookBack(news.from, context), news.to);
  let fresh = 0;
  for (const signal of signalsIn(accesses, context))
    if (await raiseSignal(tx, { staffId, divisionId, signal, at })) fresh += 1;
  return fresh;
}

/** The rules of the county they belong to; of whoever belongs above the counties, those of the county whose case they looked at. */
async function contextOf(tx: Tx, rulebook: Rulebook, news: News): Promise<SignalContext> {
  const { code } = await divisionById(tx, news.divisionId);
  const county = code.length >= 6 ? code.slice(0, 6) : news.caseNo?.slice(3, 9);
  const where = { place: divisionCode(county ?? code), on: dateAt(news.to) };
  return {
    rule: accessValue(rulebook, { ...where, key: 'lookup_signals' }),
    hours: accessValue(rulebook, { ...where, key: 'office_hours' }),
    calendar: rulebook.calendar,
  };
}
