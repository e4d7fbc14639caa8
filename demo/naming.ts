import type { People } from './people.js';

type Json = unknown;

/** Fields of a command that name a person of the household. */
const PERSON_FIELDS = new Set(['person', 'signedBy', 'householdSignatory']);

/**
 * Puts the ids of the API in place of a file's own names: members and obligors by ref, investigators by subject or
 * role. What is no known name stays as it is.
 */
export async function withIds(
  body: Readonly<Record<string, unknown>>,
  names: { persons: Readonly<Record<string, string>>; people: People },
): Promise<Record<string, unknown>> {
  const named = replacePersons(body, names.persons) as Record<string, unknown>;
  if (!Array.isArray(named['investigators'])) return named;
  const given = named['investigators'].map(String);
  const investigators = await Promise.all(
    given.map(async (name) => (isId(name) ? name : (await names.people.find(name)).staffId)),
  );
  return { ...named, investigators };
}

function replacePersons(value: Json, persons: Readonly<Record<string, string>>): Json {
  if (Array.isArray(value)) return value.map((each) => replacePersons(each, persons));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]: [string, unknown]) => [
      key,
      PERSON_FIELDS.has(key) && typeof inner === 'string'
        ? (persons[inner] ?? inner)
        : replacePersons(inner, persons),
    ]),
  );
}

const isId = (text: string): boolean => /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(text);
