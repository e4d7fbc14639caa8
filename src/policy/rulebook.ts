import { parse, YAMLError } from 'yaml';
import type { z } from 'zod';
import type { DibaoArea } from '../terms/codes.js';
import type { PlainDate } from '../terms/dates.js';
import { DomainError } from '../terms/errors.js';
import { divisionCode, type DivisionCode } from '../terms/ids.js';
import { workingCalendar, type CalendarYear } from './calendar.js';
import { calendarFile, nationalFile, placeFile } from './rulebook-schema.js';
import type {
  Dated,
  NationalEntries,
  NationalFile,
  NationalValues,
  Parameter,
  PlaceEntries,
  PlaceFile,
  PlaceValues,
  Rulebook,
  Statutory,
  StatutoryParameter,
} from './rulebook-types.js';

/** Thrown when a file of the rulebook cannot be used. It stops the start and names file, place in it, and reason. */
export class RulebookError extends Error {
  constructor(
    readonly file: string,
    /** Dotted path inside the file, empty for the file as a whole. */
    readonly at: string,
    readonly reason: string,
  ) {
    super(at ? `${file}: ${at}: ${reason}` : `${file}: ${reason}`);
    this.name = 'RulebookError';
  }
}

/**
 * Reads the texts of `policy/`, by path relative to it (`national.yaml`, `places/…`, `calendar/…`).
 * @param hash SHA-256 in hex, passed in so that this also runs where Node's is missing
 * @throws {RulebookError} when a file does not fit, values of one key overlap in time, or two files claim one place
 */
export function parseRulebook(
  texts: Readonly<Record<string, string>>,
  hash: (text: string) => string,
): Rulebook {
  const versions: Record<string, string> = {};
  const places = new Map<DivisionCode, PlaceFile>();
  const years: CalendarYear[] = [];
  let national: NationalFile | undefined;
  for (const [path, text] of Object.entries(texts)) {
    const version = (versions[path] = hash(text));
    if (path === 'national.yaml') {
      national = { path, version, values: withoutOverlap(path, read(path, text, nationalFile).parameters) };
    } else if (path.startsWith('places/')) {
      const { place, name, parameters } = read(path, text, placeFile);
      if (places.has(place)) throw new RulebookError(path, 'place', `${place} has a file already`);
      places.set(place, { path, version, place, name, values: withoutOverlap(path, parameters) });
    } else if (path.startsWith('calendar/')) {
      const year = read(path, text, calendarFile);
      if (path !== `calendar/${year.year}.yaml`)
        throw new RulebookError(path, 'year', 'not the year of its name');
      years.push(year);
    } else {
      throw new RulebookError(path, '', 'not a file of the rulebook');
    }
  }
  if (!national) throw new RulebookError('national.yaml', '', 'missing');
  return { national, places, calendar: workingCalendar(years), versions };
}

export interface ParameterQuery<K extends keyof PlaceValues> {
  /** Any division at or below a county: a township's parameters are its county's, and no other's. */
  place: DivisionCode;
  key: K;
  on: PlainDate;
  /** For values that differ between town and country. */
  area?: DibaoArea;
}

/**
 * The value a place had in force on a day.
 * @throws {DomainError} `parameter_missing` with `{ parameter, place, date }` (and `area` when one was asked for)
 */
export function parameter<K extends keyof PlaceValues>(
  rulebook: Rulebook,
  query: ParameterQuery<K>,
): Parameter<K, PlaceValues[K]> {
  const found = parameterIfAny(rulebook, query);
  if (!found) throw missing(query.key, query.place.slice(0, 6), query.on, query.area);
  return found;
}

/** The same for what a place need not have, such as a platform that it asks through. */
export function parameterIfAny<K extends keyof PlaceValues>(
  rulebook: Rulebook,
  query: ParameterQuery<K>,
): Parameter<K, PlaceValues[K]> | undefined {
  const place = query.place.slice(0, 6);
  const file = rulebook.places.get(divisionCode(place));
  const found = file && inForce<Dated<PlaceValues[K]>>(file.values[query.key], query.on, query.area);
  return file && found && { ...found, key: query.key, place, path: file.path, version: file.version };
}

/**
 * The value the law had in force on a day.
 * @throws {DomainError} `parameter_missing` with `place: 'CN'`
 */
export function statutory<K extends keyof NationalValues>(
  rulebook: Rulebook,
  key: K,
  on: PlainDate,
): StatutoryParameter<K, NationalValues[K]> {
  const { national } = rulebook;
  const found = inForce<Statutory<NationalValues[K]>>(national.values[key], on);
  if (!found) throw missing(key, 'CN', on);
  return { ...found, key, place: 'CN', path: national.path, version: national.version };
}

function inForce<D extends Dated<unknown>>(
  values: readonly D[] | undefined,
  on: PlainDate,
  area?: DibaoArea,
): D | undefined {
  return values?.find(
    (entry) =>
      (entry.area === undefined || entry.area === area) && entry.from <= on && (!entry.to || on <= entry.to),
  );
}

function missing(key: string, place: string, on: PlainDate, area?: DibaoArea): DomainError {
  return new DomainError('parameter_missing', {
    params: { parameter: key, place, date: on, ...(area && { area }) },
  });
}

function read<S extends z.ZodType>(path: string, text: string, schema: S): z.output<S> {
  const result = schema.safeParse(fromYaml(path, text));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new RulebookError(path, issue?.path.join('.') ?? '', issue?.message ?? 'does not fit its schema');
}

function fromYaml(path: string, text: string): unknown {
  try {
    return parse(text, { merge: true });
  } catch (error) {
    if (error instanceof YAMLError) throw new RulebookError(path, '', error.message);
    throw error;
  }
}

/** Two values in force on one day would make the answer depend on their order. */
function withoutOverlap<T extends NationalEntries | PlaceEntries>(path: string, values: T): T {
  for (const [key, entries] of Object.entries(values)) {
    const inOrder = [...(entries ?? [])].sort((a, b) => a.from.localeCompare(b.from));
    inOrder.forEach((entry, index) => {
      const clash = inOrder
        .slice(index + 1)
        .find((later) => sameArea(entry, later) && (entry.to === null || later.from <= entry.to));
      if (clash) throw new RulebookError(path, `parameters.${key}`, `two values on ${clash.from}`);
    });
  }
  return values;
}

const sameArea = (a: Dated<unknown>, b: Dated<unknown>): boolean =>
  a.area === undefined || b.area === undefined || a.area === b.area;
