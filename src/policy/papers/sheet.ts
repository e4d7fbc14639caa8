import type { PlainDate } from '../../terms/dates.js';
import type { Citation } from '../law.js';
import { markup, type Content, type Markup } from './markup.js';
import { STYLE } from './style.js';
import { dayText, lawsText } from './text.js';
import type { Reason, RemedyBodies } from './types.js';

/** One line to sign: who, and in which capacity. */
export interface SignatureLine {
  readonly capacity: string;
  readonly name: string;
}

export interface Sheet {
  readonly title: string;
  /** Absent on what hangs in public. */
  readonly caseNo?: string;
  /** 「张三：」 */
  readonly to?: string;
  readonly body: Content;
  readonly articles?: readonly Citation[];
  /** Present where something is decided: how to have it looked at again. */
  readonly remedies?: RemedyBodies | 'unnamed';
  readonly signatures?: readonly SignatureLine[];
  /** Whose seal goes on it; a form that is only signed has none. */
  readonly seal?: string;
  readonly date: PlainDate;
  /** Hangs on a wall and is read from where one stands. */
  readonly board?: boolean;
}

/** One self-contained document: no script, nothing fetched, the policy says so to whoever opens it. */
export function sheet(page: Sheet): string {
  const { title, caseNo, to, body, articles, remedies, signatures, seal, date, board } = page;
  const head = markup`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>`;
  const rest = markup`</style>
</head>
<body${board === true && markup` class="board"`}>
<h1>${title}</h1>
${caseNo !== undefined && markup`<p class="meta"><span>案号：${caseNo}</span><span>日期：${dayText(date)}</span></p>\n`}${
    to !== undefined && markup`<p class="flush">${to}：</p>\n`
  }${body}
${articles && markup`<p class="law">依据：${lawsText(articles)}。</p>\n`}${
    remedies && remedyLine(remedies)
  }${signatures && signatureLines(signatures)}${
    seal !== undefined &&
    markup`<div class="seal"><div>${seal}</div><div>${dayText(date)}</div><div class="mark">（公章）</div></div>\n`
  }</body>
</html>
`;
  // The style is ours and is the one thing that is not escaped.
  return `${head.toString()}${STYLE}${rest.toString()}`;
}

/** 行政复议法 (60 days) and 行政诉讼法 (six months). */
function remedyLine(bodies: RemedyBodies | 'unnamed'): Markup {
  const named = bodies === 'unnamed' ? null : bodies;
  const review = named ? `向${named.reviewBody}申请行政复议` : '申请行政复议';
  const court = named ? `向${named.court}提起行政诉讼` : '提起行政诉讼';
  return markup`<p class="remedy">如不服本决定，可以自收到本通知之日起六十日内依法${review}，或者在六个月内依法${court}。</p>\n`;
}

const signatureLines = (lines: readonly SignatureLine[]): Markup =>
  markup`<table class="sign">${lines.map(
    ({ capacity, name }) =>
      markup`<tr><td>${capacity}：${name}</td><td class="line">签名：</td><td class="day">　　年　　月　　日</td></tr>\n`,
  )}</table>\n`;

export const paragraph = (...content: readonly Content[]): Markup => markup`<p>${content}</p>\n`;

export const heading = (text: string): Markup => markup`<h2>${text}</h2>\n`;

/** The reason in words, and small behind it the code by which an office finds it again. */
export const because = ({ text, code }: Reason): Markup =>
  markup`${text}<span class="code">（理由代码：${code}）</span>`;

export const list = (lines: readonly string[]): Markup =>
  markup`<ol>${lines.map((line) => markup`<li>${line}</li>\n`)}</ol>\n`;

/** Name beside value, a row each. */
export const pairs = (rows: readonly (readonly [string, Content])[]): Markup =>
  markup`<table class="pair">${rows.map(([name, value]) => markup`<tr><th>${name}</th><td>${value}</td></tr>\n`)}</table>\n`;

const COLUMNS: Readonly<Record<string, string>> = { '#': 'number', '!': 'short', _: 'write' };

/**
 * @param columns a heading that begins with `#` is a column of figures, with `!` one whose text is not broken (names),
 * with `_` one that is written into by hand
 */
export function table(columns: readonly string[], rows: readonly (readonly Content[])[]): Markup {
  const kinds = columns.map((name) => COLUMNS[name.charAt(0)] ?? 'text');
  const kind = (at: number): string => kinds[at] ?? 'text';
  const heads = columns.map((name, at) => markup`<th class="${kind(at)}">${name.replace(/^[#!_]/, '')}</th>`);
  const lines = rows.map(
    (row) => markup`<tr>${row.map((cell, at) => markup`<td class="${kind(at)}">${cell}</td>`)}</tr>\n`,
  );
  return markup`<table><thead><tr>${heads}</tr></thead><tbody>\n${lines}</tbody></table>\n`;
}

/** The arithmetic in the words of `explain`, where there is one. */
export const arithmetic = (lines: readonly string[]): Markup | false =>
  lines.length > 0 && markup`${heading('计算过程')}${list(lines)}`;
