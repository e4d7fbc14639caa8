import type { Check, Invariant } from '../casefile/invariants/check.js';

/** A check that breaks off says so; it is never clean by accident. */
export async function orUnknown(invariant: Invariant, look: () => Promise<Check>): Promise<Check> {
  try {
    return await look();
  } catch (error) {
    return { invariant, checked: 0, findings: [], unknown: `could not be looked at (${reasonOf(error)})` };
  }
}

/** The code of an error: its message may quote a row. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code: unknown = Reflect.get(error, 'code');
  return typeof code === 'string' || typeof code === 'number' ? String(code) : error.name;
}
