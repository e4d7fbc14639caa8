const SECOND_MS = 1_000;
const HOUR_MS = 3_600 * SECOND_MS;
const DAY_MS = 24 * HOUR_MS;

/** Most faults pass at once. */
const SOON_MS = [1, 5, 25].map((seconds) => seconds * SECOND_MS);
const HOURLY = 48;
/** An answer is rarely there at once, and never in a hurry. */
const POLLS_MS = [2, 30, 300, 1_800].map((seconds) => seconds * SECOND_MS);
const HOURLY_POLLS = 24;

/**
 * How long to wait before a department is asked once more: at once a few times, then hourly for two days, then daily. It
 * ends with the time that the place gives departments to answer; from then on the question is unanswered.
 * @param attempt how often it was tried, from 1
 * @param askedToWaitMs what the department itself said
 * @returns real milliseconds
 */
export function patienceMs(attempt: number, askedToWaitMs = 0): number {
  const own = SOON_MS[attempt - 1] ?? (attempt <= SOON_MS.length + HOURLY ? HOUR_MS : DAY_MS);
  return Math.max(own, Math.min(askedToWaitMs, DAY_MS));
}

/**
 * How long to wait before a department is asked once more whether the answer is there: a few times soon, hourly for a day,
 * then daily. It ends with the question, at the latest when the time to answer is over.
 * @param attempt how often it was asked for, from 1
 * @param askedToWaitMs what the department itself said
 * @returns real milliseconds
 */
export function pollingPatienceMs(attempt: number, askedToWaitMs = 0): number {
  const own = POLLS_MS[attempt - 1] ?? (attempt <= POLLS_MS.length + HOURLY_POLLS ? HOUR_MS : DAY_MS);
  return Math.max(own, Math.min(askedToWaitMs, DAY_MS));
}
