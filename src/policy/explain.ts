import type { Determination, ParameterCitation, Step } from './determination.js';
import { explainStepEn } from './explain-en.js';
import { explainStepZh } from './explain-zh.js';
import { citationText, type Lang } from './law.js';
import { money } from './money-text.js';
import type { Confidence } from './rulebook-types.js';

const CONFIDENCE: Record<Confidence, { zh: string; en: string }> = {
  text_read: { zh: '法规原文', en: 'text of the law' },
  published_page: { zh: '公开发布', en: 'published' },
  practitioner_record: { zh: '经办单位记录', en: "an office's own record" },
  none_published: { zh: '当地未公布数值', en: 'the place has published none' },
  assumed_for_demonstration: { zh: '演示用假定值，非公布值', en: 'assumed for demonstration, not published' },
};

/**
 * A determination in plain language, one line per step and one for the outcome. Every step names its article, and
 * where it used a place's value, the document, the address and how sure we are of it.
 */
export function explain(determination: Determination, lang: Lang): string[] {
  const lines = determination.steps.map((step) => `${sentence(step, lang)}${grounds(step, lang)}`);
  return [...lines, outcome(determination, lang)];
}

const sentence = (step: Step, lang: Lang): string =>
  lang === 'zh' ? explainStepZh(step) : explainStepEn(step);

function grounds({ article, parameter }: Step, lang: Lang): string {
  const law = citationText(article, lang);
  const source = parameter && parameterText(parameter, lang);
  return lang === 'zh'
    ? `〔依据${law}${source ? `；${source}` : ''}〕`
    : ` [${law}${source ? `; ${source}` : ''}]`;
}

function parameterText({ key, document, url, from, to, confidence }: ParameterCitation, lang: Lang): string {
  const sure = CONFIDENCE[confidence][lang];
  const origin = [document, url].filter((part) => part !== null).join(' ');
  return lang === 'zh'
    ? `参数 ${key}（${from} 至 ${to ?? '未定'}）：${origin ? `${origin}，` : ''}${sure}`
    : `parameter ${key} (${from} to ${to ?? 'open'}): ${origin ? `${origin}, ` : ''}${sure}`;
}

function outcome({ eligible, monthlyBenefitFen }: Determination, lang: Lang): string {
  const amount = money(monthlyBenefitFen);
  if (lang === 'zh') return eligible ? `结论：符合低保条件，每月 ${amount} 元。` : '结论：不符合低保条件。';
  return eligible ? `Result: eligible for dibao, ${amount} yuan a month.` : 'Result: not eligible for dibao.';
}
