import { chance } from '../../src/departments/simulator/chance.js';
import { FAULT_CODES } from '../../src/departments/simulator/faults.js';
import type { Entry, Profiles, Registers } from '../../src/departments/simulator/files.js';
import { PROFILE_KINDS, type Profile } from '../../src/departments/simulator/profile.js';
import { SOURCES } from '../../src/departments/sources.js';
import {
  fenFromYuan,
  plainDate,
  type Fen,
  type IdNumber,
  type Month,
  type Source,
  type SubmitBody,
} from '../../src/terms/index.js';
import { idNumber, member } from './household.js';
import { yearBefore } from './journeys.js';

/** A household that tells the truth, and what the registers truly hold about it. */
export interface MixedHousehold {
  readonly body: Partial<SubmitBody>;
  readonly registers: Registers;
  /** Households of one kind are alike in all that the rule weighs: whatever befalls one, it is not the poorer for it. */
  readonly kind: string;
}

/** The share of a department's questions that something befalls, and of departments whose faults of taking last. */
const [MISHAPS, LASTING, SILENT] = [0.4, 0.15, 0.1];
const ASKED_OF_EACH = 3;

/** Twelve departments, each wrong in every way there is, at rates and with a temper of its own. */
export const mixedProfiles = (seed: number): Profiles =>
  Object.fromEntries(
    SOURCES.map((source): [Source, Profile] => {
      const draws = FAULT_CODES.map((code) => [code, chance(seed, 'rate', source, code)] as const);
      const sum = draws.reduce((total, [, draw]) => total + draw, 0);
      const temper = chance(seed, 'kind', source);
      const others = PROFILE_KINDS.filter((kind) => kind !== 'silent');
      const kind = temper < SILENT ? 'silent' : (others[Math.floor(temper * others.length)] ?? 'prompt');
      return [
        source,
        {
          kind,
          lasting: chance(seed, 'lasting', source) < LASTING,
          faults: Object.fromEntries(draws.map(([code, draw]) => [code, (draw / sum) * MISHAPS])),
        },
      ];
    }),
  );

/** The `nth` household: nobody in it has the number of anybody else. Three of the twelve are asked about it. */
export function mixedHousehold(seed: number, nth: number, today: string): MixedHousehold {
  const draw = (what: string): number => chance(seed, what, nth);
  const [two, saves, earns] = [draw('two') < 0.4, draw('saves') < 0.6, draw('earns') < 0.4];
  const members = (two ? ['m1', 'm2'] : ['m1']).map((ref, at) =>
    member(ref, { idNumber: numberOf(nth * 2 + at) }),
  );
  const month = today.slice(0, 7) as Month;
  const year = yearBefore(today);
  const [business, deposit, wage] = ['480', '300', '240'].map(fenFromYuan) as [Fen, Fen, Fen];
  const declared: SubmitBody['declared'] = [
    { member: 'm1', kind: 'income', category: 'business_net', amountFen: business, ...year },
    ...(saves
      ? [
          {
            member: 'm1',
            kind: 'property',
            category: 'deposit',
            amountFen: deposit,
            periodFrom: month,
            periodTo: month,
          } as const,
        ]
      : []),
    ...(earns ? [{ member: 'm1', kind: 'income', category: 'wage', amountFen: wage, ...year } as const] : []),
  ];
  const sources = SOURCES.map((source) => ({ source, draw: chance(seed, 'asked', nth, source) }))
    .toSorted((a, b) => a.draw - b.draw)
    .slice(0, ASKED_OF_EACH)
    .map(({ source }) => source);
  const consents: SubmitBody['consents'] = members.map(({ ref }) => ({
    person: ref,
    signedBy: ref,
    sources,
    textVersion: '2026-01',
    channel: 'paper',
    validTo: plainDate('2026-12-31'),
  }));
  const [first] = members;
  const about = (facts: Entry['facts']): Entry[] =>
    first?.idNumber ? [{ idNumber: first.idNumber as IdNumber, name: first.name, facts }] : [];
  return {
    body: { members, declared, consents },
    registers: {
      ...(saves && { bank: about([{ item: 'deposits', category: 'deposit', amountFen: deposit }]) }),
      ...(earns && {
        social_insurance: about([{ item: 'contributions', category: 'wage', amountFen: wage, ...year }]),
      }),
    },
    kind: [two ? 'two' : 'one', saves && 'saves', earns && 'earns'].filter(Boolean).join(' '),
  };
}

/** 60 years, twelve months and a thousand serials: enough for 360,000 households. */
function numberOf(person: number): string {
  const birth = `${1940 + (person % 60)}${String(1 + (Math.floor(person / 60) % 12)).padStart(2, '0')}15`;
  return idNumber('441625', birth, Math.floor(person / 720) % 1000);
}

export const together = (all: readonly Registers[]): Registers =>
  Object.fromEntries(SOURCES.map((source) => [source, all.flatMap((each) => each[source] ?? [])]));
