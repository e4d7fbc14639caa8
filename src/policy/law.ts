import type { Law } from './rulebook-types.js';

export type Lang = 'zh' | 'en';

/** One article (or section) of a law. */
export interface Citation {
  readonly law: Law;
  readonly article: number;
}

const TITLES: Record<Law, { zh: string; en: string; part: { zh: string; en: string } }> = {
  'DIBAO-2021': {
    zh: '《最低生活保障审核确认办法》',
    en: 'Measures for Review and Confirmation of Dibao (2021)',
    part: { zh: '条', en: 'art.' },
  },
  'NOTICE-2022': {
    zh: '《关于进一步做好最低生活保障等社会救助兜底保障工作的通知》',
    en: 'Notice on Last-resort Social Assistance (2022)',
    part: { zh: '部分', en: 'section' },
  },
  'REG-649': {
    zh: '《社会救助暂行办法》',
    en: 'Interim Measures for Social Assistance (2014)',
    part: { zh: '条', en: 'art.' },
  },
  'LAW-2026': {
    zh: '《社会救助法》',
    en: 'Social Assistance Law (2026)',
    part: { zh: '条', en: 'art.' },
  },
};

/** `《社会救助法》第十八条`, `Social Assistance Law (2026), art. 18`. */
export function citationText({ law, article }: Citation, lang: Lang): string {
  const title = TITLES[law];
  return lang === 'zh'
    ? `${title.zh}第${chineseNumber(article)}${title.part.zh}`
    : `${title.en}, ${title.part.en} ${article}`;
}

const DIGITS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** 1 to 99, which is as far as these laws go. */
export function chineseNumber(n: number): string {
  const tens = Math.floor(n / 10);
  const ten = tens > 1 ? `${DIGITS[tens] ?? ''}十` : '十';
  return `${tens ? ten : ''}${DIGITS[n % 10] ?? ''}`;
}
