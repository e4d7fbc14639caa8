import { SOURCES } from '../sources.js';
import { chance } from './chance.js';
import type { IdNumber } from '../../terms/ids.js';
import type { Fact, LookupRequest, Source, Subject } from '../contract.js';
import type { Entry, Registers } from './files.js';

/** What a register says about one question. `no_register` is silence, not "none". */
export type Finding =
  | { kind: 'no_register' }
  | ({ kind: 'none'; subject: Subject } & Corrected)
  | ({ kind: 'found'; subject: Subject; facts: readonly Fact[] } & Corrected);

/** What the department will say instead of its first answer. */
export interface Corrected {
  correction?: { afterDays: number; facts: readonly Fact[] };
}

/**
 * Looks a person up by ID number. The answer carries the name the register has, which may differ from the name
 * that was asked for: telling the two apart is the house's duty. So may the number, where the register is mistaken.
 */
export function lookUp(
  registers: Registers,
  request: Pick<LookupRequest, 'source' | 'items' | 'subject' | 'asOf'>,
): Finding {
  const entries = registers[request.source];
  if (entries === undefined) return { kind: 'no_register' };
  const { idNumber } = request.subject;
  const entry =
    entries.find((candidate) => candidate.idNumber === idNumber) ??
    entries.find(({ mistakenFor }) => mistakenFor?.includes(idNumber));
  if (entry === undefined) return { kind: 'none', subject: request.subject };
  const subject = { idNumber: entry.idNumber, name: entry.name };
  const month = request.asOf.slice(0, 7);
  // Nobody can report what has not begun yet.
  const known = ({ item, periodFrom }: Fact): boolean =>
    request.items.includes(item) && (periodFrom === undefined || periodFrom <= month);
  const facts = entry.facts.filter(known);
  const later = entry.correction && {
    correction: { ...entry.correction, facts: entry.correction.facts.filter(known) },
  };
  return facts.length === 0
    ? { kind: 'none', subject, ...later }
    : { kind: 'found', subject, facts, ...later };
}

/** Adds people and sources; a person who is already listed by a source is replaced there. */
export function mergeRegisters(old: Registers, added: Registers): Registers {
  const merged: { [S in Source]?: readonly Entry[] | undefined } = { ...old };
  for (const source of SOURCES) {
    const entries = added[source];
    if (entries === undefined) continue;
    const replaced = new Set(entries.map(({ idNumber }) => idNumber));
    merged[source] = [...(old[source] ?? []).filter(({ idNumber }) => !replaced.has(idNumber)), ...entries];
  }
  return merged;
}

/** One person of a register, by the seed and not by the order of the list; undefined when it lists nobody. */
export function onlyOneOf(entries: readonly Entry[], seed: number): IdNumber | undefined {
  const drawn = entries.map(({ idNumber }) => ({ idNumber, draw: chance(seed, 'one', idNumber) }));
  return drawn.sort((a, b) => a.draw - b.draw)[0]?.idNumber;
}
