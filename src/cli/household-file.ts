import type { z } from 'zod';
import { householdIssues, type HouseholdIssue } from './household-issues.js';
import { householdSchema, type HouseholdFile } from './household-schema.js';

export type { HouseholdFile } from './household-schema.js';
export type { HouseholdIssue } from './household-issues.js';

/** Thrown for a household file that cannot be run. Names every path with its reason. The process exits 2. */
export class HouseholdFileInvalid extends Error {
  override readonly name = 'HouseholdFileInvalid';
  readonly code = 'household_file_invalid';
  readonly exitCode = 2;
  constructor(readonly issues: readonly HouseholdIssue[]) {
    super(
      ['The household file does not fit:', ...issues.map(({ path, reason }) => `  ${path}: ${reason}`)].join(
        '\n',
      ),
    );
  }
}

/**
 * Reads a household file (`docs/household-file.md`).
 * @throws {HouseholdFileInvalid} with every mistake, not only the first
 */
export function parseHouseholdFile(text: string): HouseholdFile {
  const given = jsonOf(text);
  const parsed = householdSchema.safeParse(given);
  if (!parsed.success)
    throw new HouseholdFileInvalid(parsed.error.issues.flatMap((found) => flat(found, given)));
  const issues = householdIssues(parsed.data);
  if (issues.length > 0) throw new HouseholdFileInvalid(issues);
  return parsed.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\u{FEFF}/u, ''));
  } catch (error) {
    // V8 quotes the text around the mistake, which may be a name: only the place is passed on.
    const place =
      error instanceof SyntaxError ? /position \d+(?: \(line \d+ column \d+\))?/.exec(error.message) : null;
    throw new HouseholdFileInvalid([
      { path: '(file)', reason: `is not JSON${place ? `, at ${place[0]}` : ''}` },
    ]);
  }
}

/** One entry for each unknown field: zod names them together, under their parent. */
function flat(found: z.core.$ZodIssue, given: unknown): HouseholdIssue[] {
  const at = found.path.map(String);
  if (found.code === 'unrecognized_keys')
    return found.keys.map((key) => ({
      path: [...at, key].join('.'),
      reason: 'is not a field of a household file',
    }));
  return [
    { path: at.join('.') || '(file)', reason: isMissing(given, found.path) ? 'is missing' : reasonOf(found) },
  ];
}

function isMissing(given: unknown, path: readonly PropertyKey[]): boolean {
  let value = given;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return false;
    value = Reflect.get(value, key);
  }
  return value === undefined;
}

function reasonOf(found: z.core.$ZodIssue): string {
  switch (found.code) {
    case 'invalid_value':
      return `must be ${found.values.length === 1 ? '' : 'one of '}${found.values.join(', ')}`;
    case 'invalid_type':
      return found.message.startsWith('Invalid input') ? `must be ${article(found.expected)}` : found.message;
    case 'too_big':
      return found.message.startsWith('Too big')
        ? `must hold at most ${found.maximum} ${unit(found.origin)}`
        : found.message;
    case 'too_small':
      return found.message.startsWith('Too small')
        ? `must hold at least ${found.minimum} ${unit(found.origin)}`
        : found.message;
    case 'invalid_format':
      return found.message.startsWith('Invalid') ? 'does not have the right form' : found.message;
    default:
      return found.message;
  }
}

const article = (type: string): string =>
  type === 'record' ? 'an object' : /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
const unit = (origin: string): string => (origin === 'array' ? 'entries' : 'characters');
