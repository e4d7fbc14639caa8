import type { Comparison, LineView } from './case-view.js';
import { table } from './columns.js';
import { WORDS, type Lang } from './labels.js';

const HEADS: Readonly<Record<Lang, readonly string[]>> = {
  zh: ['谁', '项目', '申报', '核对', '采信', '由谁', '如按申报'],
  en: ['who', 'what', 'declared', 'verified', 'adopted', 'by', 'as declared'],
};

/**
 * What was declared, what departments said and what was adopted, where a person had to choose or a department corrected
 * itself; then the answers that entered nowhere.
 * @param nameOf a person's name by the id of the API
 */
export function renderComparison(
  { lines, unused }: Comparison,
  nameOf: (id: string | null) => string,
  lang: Lang,
): string[] {
  const touched = lines.filter(
    ({ standing, verified }) => standing !== 'clean' || verified.some(({ corrected }) => corrected),
  );
  const agreed = lines.length - touched.length;
  const rows = touched.map((line) => [
    nameOf(line.personId),
    WORDS.category(line.category, lang),
    amount(line.declared, lang),
    line.verified.map((each) => stated(each, lang)).join(lang === 'zh' ? '；' : '; '),
    line.adopted.length === 0 ? '–' : amount(line.adopted, lang),
    chooser(line, lang),
    asDeclared(line, lang),
  ]);
  return [
    ...(rows.length > 0 ? table([HEADS[lang], ...rows]) : []),
    lang === 'zh' ? `${agreed} 项无需人工处理。` : `${agreed} more needed nobody.`,
    ...unused.map((answer) => setAside(nameOf(answer.personId), answer, lang)),
  ];
}

const yuan = (fen: number): string => (fen / 100).toString();
const sum = (facts: readonly { readonly amountFen: number }[]): number =>
  facts.reduce((total, { amountFen }) => total + amountFen, 0);

function amount(facts: readonly { readonly amountFen: number }[], lang: Lang): string {
  if (facts.length === 0) return lang === 'zh' ? '未申报' : 'nothing';
  return lang === 'zh' ? `${yuan(sum(facts))} 元` : `${yuan(sum(facts))} yuan`;
}

/** Silence is never shown as nothing. */
function stated({ source, standing, corrected, facts }: LineView['verified'][number], lang: Lang): string {
  const zh = lang === 'zh';
  const what: Readonly<Record<string, string>> = {
    found: amount(facts, lang),
    none: zh ? '无' : 'nothing',
    unanswered: zh ? '未反馈' : 'no answer',
    pending: zh ? '待反馈' : 'awaited',
  };
  const now = corrected ? (zh ? '（更正后）' : ' (corrected)') : '';
  return `${WORDS.source(source, lang)} ${what[facts.length === 0 && standing === 'found' ? 'none' : standing] ?? standing}${now}`;
}

function chooser({ adopted }: LineView, lang: Lang): string {
  const [first] = adopted;
  if (!first) return '';
  return first.staffName ?? (lang === 'zh' ? '规则' : 'rule');
}

/** What the household would get if its declaration had been adopted instead. */
function asDeclared({ options }: LineView, lang: Lang): string {
  const option =
    options.find(({ origin }) => origin === 'declared') ?? options.find(({ origin }) => origin === 'none');
  if (!option || option.stands) return '';
  const { monthlyBenefitFen: benefit, effectFenPerMonth: effect } = option;
  if (benefit === null || effect === null) return lang === 'zh' ? '尚不能计算' : 'cannot be said yet';
  const sign = effect > 0 ? '+' : effect < 0 ? '−' : '±';
  const difference = `${sign}${yuan(Math.abs(effect))}`;
  return lang === 'zh'
    ? `每月 ${yuan(benefit)} 元（${difference}）`
    : `${yuan(benefit)} a month (${difference})`;
}

/** An answer that entered nowhere, in words. Nothing is said of the person it was about. */
function setAside(
  name: string,
  { source, verdict, differs }: Comparison['unused'][number],
  lang: Lang,
): string {
  const who = WORDS.source(source, lang);
  const what = WORDS.setAside(differs ?? verdict, lang);
  return lang === 'zh'
    ? `${who}关于${name}的反馈${what}，已留存，未采用，由人员另行核实。`
    : `${who} about ${name}: ${what}; kept, used for nothing, settled by a person.`;
}
