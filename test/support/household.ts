import { checkCharacter } from '../../src/policy/resident-id.js';
import {
  divisionCode,
  fenFromYuan,
  plainDate,
  PAPERS,
  type MemberEntry,
  type Month,
  type PlainDate,
  type Source,
  type SubmitBody,
} from '../../src/terms/index.js';

/** A resident number with a true check character. */
export function idNumber(region: string, birth: string, serial: number): string {
  const digits = `${region}${birth}${String(serial).padStart(3, '0')}`;
  return digits + checkCharacter(digits);
}

/** Whom the households of most tests let be asked; what all of them answer has tests of its own. */
export const ASKED: readonly Source[] = ['household_register', 'social_insurance', 'bank'];

let nextSerial = 1;

/** Six people of Dongyuan, 6,480 yuan a year: the published case DB09 on the dates of 2026. */
export interface HouseholdChanges {
  readonly township?: string;
  readonly occurredOn?: PlainDate;
  readonly papers?: SubmitBody['papers'];
  readonly members?: readonly MemberEntry[];
  readonly yearlyYuan?: string;
}

/** A thousand serials of one month, then the next month: nobody has the number of anybody else. */
const monthOf = (nth: number): string => String(1 + (Math.floor(nth / 1000) % 12)).padStart(2, '0');

export function member(ref: string, part: Partial<MemberEntry> = {}): MemberEntry {
  nextSerial += 1;
  return {
    ref,
    name: `张${ref}`,
    idStatus: 'valid',
    idNumber: idNumber('441625', `19${50 + (nextSerial % 40)}${monthOf(nextSerial)}05`, nextSerial % 1000),
    provisional: false,
    hukouType: 'rural',
    hukouCode: '441625103201',
    residenceCode: '441625103201',
    residencePermit: false,
    included: true,
    reasonCode: ref === 'm1' ? 'applicant' : 'supported_living_together',
    ...part,
  };
}

export function db09(changes: HouseholdChanges = {}): SubmitBody {
  const occurredOn = changes.occurredOn ?? plainDate('2026-03-02');
  const township = changes.township ?? '441625103';
  const members = changes.members ?? [
    member('m1', { name: '张守田', phone: '13800138009', bankAccount: '6222020200001234567' }),
    ...['m2', 'm3', 'm4', 'm5', 'm6'].map((ref) => member(ref)),
  ];
  return {
    occurredOn,
    place: divisionCode('441625'),
    township: divisionCode(township),
    village: divisionCode(`${township}201`),
    area: 'rural',
    applicant: 'm1',
    members,
    obligors: [],
    declared: [
      {
        member: 'm1',
        kind: 'income',
        category: 'business_net',
        amountFen: fenFromYuan(changes.yearlyYuan ?? '6480'),
        periodFrom: '2025-03' as Month,
        periodTo: '2026-02' as Month,
      },
      {
        member: 'm1',
        kind: 'property',
        category: 'deposit',
        amountFen: fenFromYuan('1200'),
        periodFrom: '2026-03' as Month,
        periodTo: '2026-03' as Month,
      },
    ],
    consents: members.map(({ ref }) => ({
      person: ref,
      signedBy: ref,
      sources: [...ASKED],
      textVersion: '2026-01',
      channel: 'paper' as const,
      validTo: plainDate('2026-12-31'),
    })),
    papers: changes.papers ?? [...PAPERS],
    parametersOn: plainDate('2009-07-15'),
  };
}
