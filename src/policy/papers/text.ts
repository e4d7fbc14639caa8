import type { Month, PlainDate } from '../../terms/dates.js';
import type { Fen } from '../../terms/fen.js';
import { citationText, type Citation } from '../law.js';
import { money } from '../money-text.js';

/** `2026-03-02` → `2026年3月2日`. */
export function dayText(date: PlainDate): string {
  const [year, month, day] = date.split('-').map(Number);
  return `${year}年${month}月${day}日`;
}

/** The last day still counts: limits end at midnight. */
export const byDay = (date: PlainDate): string => `${dayText(date)}（含当日）前`;

/** `2026-04` → `2026年4月`. */
export function monthText(month: Month): string {
  const [year, index] = month.split('-').map(Number);
  return `${year}年${index}月`;
}

/** `186000` fen → `1,860元`; nothing known is a dash, never zero. */
export const yuan = (amount: Fen | null): string => (amount === null ? '—' : `${money(amount)}元`);

/** An article by the law's full title, as a paper that a household holds has to name it. */
export const lawText = (citation: Citation): string =>
  citation.law === 'LAW-2026'
    ? citationText(citation, 'zh').replace('《', '《中华人民共和国')
    : citationText(citation, 'zh');

/** A law is named once: `《…办法》第十条、第二十二条、《…法》第四十五条`. */
export const lawsText = (citations: readonly Citation[]): string =>
  citations
    .map((each, at) =>
      citations[at - 1]?.law === each.law ? lawText(each).replace(/^《.*》/, '') : lawText(each),
    )
    .join('、');
