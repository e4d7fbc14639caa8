import { DomainError, instant, plainDate, startOf, type Instant } from '../terms/index.js';

/** A day means its morning, 09:00 local time. */
export function instantOf(text: string): Instant {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return instant(startOf(plainDate(text)) + 9 * 3_600_000);
  const ms =
    /^\d{4}-\d{2}-\d{2}T/.test(text) && /(Z|[+-]\d{2}:\d{2})$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) throw new DomainError('date_invalid', { params: { option: '--to' } });
  return instant(ms);
}
