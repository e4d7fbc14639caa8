import type { Dated, PlaceFile, PlaceValues, Rulebook } from '../../src/policy/rulebook-types.js';
import { readRulebook } from '../../src/stack/rulebook-files.js';
import { addDays, divisionCode, plainDate, type PlainDate } from '../../src/terms/index.js';

type Changes = { readonly [K in keyof PlaceValues]?: PlaceValues[K] };

/**
 * The rulebook with other values for Dongyuan, and the county next to it, which publishes the same.
 * @param from the day from which the other values hold; what held before it goes on holding until then
 */
export function rulebookWith(changes: Changes = {}, from: PlainDate = plainDate('2009-01-01')): Rulebook {
  const read = readRulebook();
  const dongyuan = read.places.get(divisionCode('441625'));
  if (!dongyuan) throw new Error('Dongyuan has no parameters');
  const values: Record<string, unknown> = { ...dongyuan.values };
  for (const [key, value] of Object.entries(changes))
    values[key] = [
      ...before(values[key], from),
      {
        value,
        unit: 'rule',
        from,
        to: null,
        published: null,
        known: null,
        document: null,
        url: null,
        confidence: 'assumed_for_demonstration',
      } satisfies Dated<unknown>,
    ];
  const changed = { ...dongyuan, values } as PlaceFile;
  const neighbour = { ...changed, place: divisionCode('441621') };
  return {
    ...read,
    places: new Map([...read.places, [changed.place, changed], [neighbour.place, neighbour]]),
  };
}

/** What was published earlier, until the day before. */
function before(entries: unknown, from: PlainDate): Dated<unknown>[] {
  const known = (entries ?? []) as readonly Dated<unknown>[];
  return known.filter((entry) => entry.from < from).map((entry) => ({ ...entry, to: addDays(from, -1) }));
}
