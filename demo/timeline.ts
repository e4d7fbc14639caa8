import { table } from './columns.js';
import type { Deadline } from './deadlines.js';
import { WORDS, article, type Lang } from './labels.js';

/** One entry of `GET /v1/cases/{caseNo}/timeline`: a step of the procedure, or a lookup that left the house. */
export interface TimelineEntry {
  /** The simulated day on which it happened. */
  readonly on: string;
  readonly actor: { readonly kind: 'staff' | 'system'; readonly name: string };
  readonly code: string;
  readonly to: string | null;
  readonly article: string | null;
  readonly params: Readonly<Record<string, string | number>>;
  readonly started: readonly { readonly code: string; readonly due: string }[];
  readonly ended: readonly { readonly code: string; readonly due: string; readonly late: boolean }[];
}

const HEADS: Readonly<Record<Lang, readonly string[]>> = {
  zh: ['日期', '谁', '事项', '之后', '时限', '依据'],
  en: ['date', 'who', 'what', 'then', 'clock', 'article'],
};
const CLOCK_HEADS: Readonly<Record<Lang, readonly string[]>> = {
  zh: ['时限', '起', '止', '完成', '结果', '依据'],
  en: ['clock', 'from', 'due', 'done', 'result', 'article'],
};

/** Simulated date, who, what, state, clock, article: one line for each step, like ones of one day together. */
export function renderTimeline(
  entries: readonly TimelineEntry[],
  deadlines: readonly Deadline[],
  lang: Lang,
): string[] {
  const codes = new Set(deadlines.map((deadline) => deadline.code));
  const rows = grouped(entries).map(({ entry, times, sources }) => [
    entry.on,
    entry.actor.kind === 'staff' ? entry.actor.name : WORDS.role('system', lang),
    what(entry, sources, lang) + (times > 1 ? ` ×${times}` : ''),
    entry.to === null ? '' : WORDS.state(entry.to, lang),
    clockText(entry, codes, lang),
    entry.article === null ? '' : article(entry.article, lang),
  ]);
  return table([HEADS[lang], ...rows]);
}

/** Every statutory clock with its end. */
export function renderDeadlines(deadlines: readonly Deadline[], lang: Lang): string[] {
  const rows = deadlines.map((deadline) => [
    WORDS.clock(deadline.code, lang),
    deadline.from,
    deadline.due,
    deadline.done ?? '–',
    verdict(deadline, lang),
    article(deadline.article, lang),
  ]);
  return table([CLOCK_HEADS[lang], ...rows]);
}

interface Group {
  readonly entry: TimelineEntry;
  readonly times: number;
  /** Whom it concerned, where it was departments. */
  readonly sources: ReadonlySet<string>;
}

/** Six people asked about in twelve departments on one day are one line. */
function grouped(entries: readonly TimelineEntry[]): Group[] {
  const groups: Group[] = [];
  const known = new Map<string, number>();
  for (const entry of entries) {
    const repeats = entry.started.length + entry.ended.length === 0 && entry.actor.kind === 'system';
    const key = JSON.stringify([entry.on, entry.code, entry.to]);
    const at = repeats ? known.get(key) : undefined;
    const group = at === undefined ? undefined : groups[at];
    if (at !== undefined && group)
      groups[at] = {
        entry: group.entry,
        times: group.times + 1,
        sources: new Set([...group.sources, ...named(entry)]),
      };
    else {
      if (repeats) known.set(key, groups.length);
      groups.push({ entry, times: 1, sources: new Set(named(entry)) });
    }
  }
  return groups;
}

const named = ({ params: { source } }: TimelineEntry): string[] =>
  typeof source === 'string' ? [source] : [];

/** Three departments are named; more are counted. */
function what({ code }: TimelineEntry, sources: ReadonlySet<string>, lang: Lang): string {
  const step = WORDS.step(code, lang);
  if (sources.size === 0) return step;
  const names = [...sources].map((source) => WORDS.source(source, lang));
  if (lang === 'zh') return `${step}：${names.length > 3 ? `${names.length} 个部门` : names.join('、')}`;
  return `${step}: ${names.length > 3 ? `${names.length} departments` : names.join(', ')}`;
}

/** What begins to run with a step, and what it brings to its end. */
function clockText({ started, ended }: TimelineEntry, codes: ReadonlySet<string>, lang: Lang): string {
  const name = (code: string): string => WORDS.clock(code, lang);
  const zh = lang === 'zh';
  const over = ended
    .filter(({ code }) => codes.has(code))
    .map(({ code, late }) => `${name(code)}${late ? (zh ? '逾期' : ' LATE') : zh ? '结束' : ' over'}`);
  const begun = started
    .filter(({ code }) => codes.has(code))
    .map(({ code, due }) => (zh ? `${name(code)}至${due}` : `${name(code)} until ${due}`));
  return [...over, ...begun].join(zh ? '；' : '; ');
}

function verdict({ late, done }: Deadline, lang: Lang): string {
  if (late) return lang === 'zh' ? '逾期' : 'LATE';
  if (done === null) return lang === 'zh' ? '进行中' : 'running';
  return lang === 'zh' ? '按时' : 'in time';
}
