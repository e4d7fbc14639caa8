import type { Brand } from './brand.js';
import { DomainError } from './errors.js';

/** A legal day, `YYYY-MM-DD`, in Asia/Shanghai. */
export type PlainDate = Brand<string, 'PlainDate'>;
/** A calendar month, `YYYY-MM`. */
export type Month = Brand<string, 'Month'>;
/** An instant as milliseconds since the epoch. Business time unless a name says otherwise. */
export type Instant = Brand<number, 'Instant'>;

const DAY_MS = 86_400_000;
/** China has had one zone and no summer time since 1991, so the offset is a constant. */
const SHANGHAI_MS = 8 * 3_600_000;

/** @throws {DomainError} `date_invalid` when the text is not a real calendar day. */
export function plainDate(text: string): PlainDate {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== text)
    throw new DomainError('date_invalid');
  return text as PlainDate;
}

export const instant = (ms: number): Instant => ms as Instant;
export const addDays = (date: PlainDate, days: number): PlainDate =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10) as PlainDate;
export const daysBetween = (from: PlainDate, to: PlainDate): number =>
  (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS;
/** 0 = Sunday … 6 = Saturday. */
export const weekday = (date: PlainDate): number => new Date(`${date}T00:00:00Z`).getUTCDay();
export const yearOf = (date: PlainDate): number => Number(date.slice(0, 4));
export const monthOf = (date: PlainDate): Month => date.slice(0, 7) as Month;
export const nextMonth = (month: Month): Month => {
  const [year = 0, index = 0] = month.split('-').map(Number);
  return (index === 12 ? `${year + 1}-01` : `${year}-${String(index + 1).padStart(2, '0')}`) as Month;
};

/** The legal day at an instant. */
export const dateAt = (at: Instant): PlainDate =>
  new Date(at + SHANGHAI_MS).toISOString().slice(0, 10) as PlainDate;
/** Local midnight at which a day begins. */
export const startOf = (date: PlainDate): Instant => instant(Date.parse(`${date}T00:00:00Z`) - SHANGHAI_MS);
/** Local midnight at which a day ends: a deadline on that day has not passed before it. */
export const endOf = (date: PlainDate): Instant => startOf(addDays(date, 1));
/** RFC 3339 with +08:00, as the API prints instants. */
export const rfc3339 = (at: Instant): string =>
  `${new Date(at + SHANGHAI_MS).toISOString().slice(0, 19)}+08:00`;
