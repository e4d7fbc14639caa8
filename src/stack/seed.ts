import { openDatabase } from '../casefile/db.js';
import { enterRegistry, type DivisionEntry, type StaffEntry } from '../casefile/registry.js';
import type { Role, Source } from '../terms/index.js';

type Level = DivisionEntry['level'];

/** Provinces to counties are real codes; townships, villages and people are made up. */
const PLACES: readonly (readonly [code: string, name: string, level: Level, parent: string | null])[] = [
  ['44', '广东省', 'province', null],
  ['4416', '河源市', 'prefecture', '44'],
  ['441625', '东源县', 'county', '4416'],
  ['441625103', '示范镇', 'township', '441625'],
  ['441625103201', '示范村', 'village', '441625103'],
  ['441625103202', '河口村', 'village', '441625103'],
  ['441625104', '邻近镇', 'township', '441625'],
  ['441625104201', '邻近村', 'village', '441625104'],
  ['23', '黑龙江省', 'province', null],
  ['2310', '牡丹江市', 'prefecture', '23'],
  ['231025', '林口县', 'county', '2310'],
  ['231025105', '北方镇', 'township', '231025'],
  ['231025105201', '北方村', 'village', '231025105'],
];

interface Post {
  readonly subject: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly at: 'township' | 'county';
  readonly source?: Source;
}

/** Two people wherever two are needed, so that nobody decides what they have touched. */
const POSTS: readonly Post[] = [
  { subject: 'clerk-1', name: '窗口甲', roles: ['window_clerk'], at: 'township' },
  { subject: 'clerk-2', name: '窗口乙', roles: ['window_clerk'], at: 'township' },
  { subject: 'investigator-1', name: '调查甲', roles: ['investigator'], at: 'township' },
  { subject: 'investigator-2', name: '调查乙', roles: ['investigator'], at: 'township' },
  { subject: 'assistant-1', name: '协理甲', roles: ['village_assistant'], at: 'township' },
  { subject: 'leader-1', name: '分管甲', roles: ['township_leader'], at: 'township' },
  { subject: 'leader-2', name: '分管乙', roles: ['township_leader'], at: 'township' },
  { subject: 'examiner-1', name: '审核甲', roles: ['county_examiner'], at: 'county' },
  { subject: 'examiner-2', name: '审核乙', roles: ['county_examiner'], at: 'county' },
  { subject: 'confirmer-1', name: '确认甲', roles: ['county_confirmer'], at: 'county' },
  { subject: 'confirmer-2', name: '确认乙', roles: ['county_confirmer'], at: 'county' },
  { subject: 'verifier-1', name: '核对甲', roles: ['verification_officer'], at: 'county' },
  {
    subject: 'bank-1',
    name: '银行核对甲',
    roles: ['department_verifier'],
    at: 'county',
    source: 'bank',
  },
  { subject: 'supervisor-1', name: '督导甲', roles: ['supervisor'], at: 'county' },
  { subject: 'auditor-1', name: '审计甲', roles: ['auditor'], at: 'county' },
  { subject: 'operator-1', name: '运维甲', roles: ['operator'], at: 'county' },
];

const OFFICES = [
  { township: '441625103', county: '441625', prefix: '' },
  { township: '231025105', county: '231025', prefix: 'linkou-' },
] as const;

export type SeededStaff = StaffEntry;

/** The demo townships with their staff; nothing is written where divisions are known already. */
export async function seedDemo(adminUrl: string): Promise<readonly SeededStaff[]> {
  const staff = peopleOf();
  const admin = openDatabase(adminUrl, { max: 1, name: 'onedoor-seed' });
  try {
    await enterRegistry(admin, {
      divisions: PLACES.map(([code, name, level, parent]) => ({ code, name, level, parent })),
      staff,
      from: '2020-01-01',
    });
  } finally {
    await admin.close();
  }
  return staff;
}

const peopleOf = (): SeededStaff[] => [
  ...OFFICES.flatMap(({ township, county, prefix }) =>
    POSTS.map(({ subject, name, roles, at, source }) => ({
      subject: `${prefix}${subject}`,
      name,
      roles,
      division: at === 'county' ? county : township,
      ...(source !== undefined && { source }),
    })),
  ),
  { subject: 'clerk-21', name: '邻镇窗口', roles: ['window_clerk'], division: '441625104' },
];
