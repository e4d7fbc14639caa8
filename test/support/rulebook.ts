import type { Dated, PlaceFile, PlaceValues, Rulebook } from '../../src/policy/rulebook-types.js';
import { readRulebook } from '../../src/stack/rulebook-files.js';
import { divisionCode, plainDate } from '../../src/terms/index.js';

type Changes = { readonly [K in keyof PlaceValues]?: PlaceValues[K] };

/** The rulebook with other values for Dongyuan, valid for ever; and the county next to it, which publishes the same. */
export function rulebookWith(changes: Changes = {}): Rulebook {
  const read = readRulebook();
  const dongyuan = read.places.get(divisionCode('441625'));
  if (!dongyuan) throw new Error('Dongyuan has no parameters');
  const values: Record<string, unknown> = { ...dongyuan.values };
  for (const [key, value] of Object.entries(changes))
    values[key] = [
      {
        value,
        unit: 'rule',
        from: plainDate('2009-01-01'),
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
