import { describe, expect, it } from 'vitest';
import { tryNotices } from '../../test/support/notice-trial.js';
import { DomainError, fen, plainDate } from '../terms/index.js';
import { PERSONAL_DETAILS } from './personal-detail.js';
import { boardNotice, isMinor, onlineNotice, publication, type NoticeInput } from './public-notice.js';

const person = (name: string, birthDate: string | null) => ({
  name,
  birthDate: birthDate === null ? null : plainDate(birthDate),
});
const household = (over: Partial<NoticeInput> = {}): NoticeInput => ({
  office: '东源县灯塔镇人民政府',
  programme: '最低生活保障',
  applicant: person('陈秀兰', '1985-07-12'),
  members: [person('陈秀兰', '1985-07-12'), person('陈小禾', '2015-01-01')],
  memberCount: 2,
  monthlyBenefitFen: fen(101_400),
  boardName: 'full',
  from: plainDate('2026-03-17'),
  to: plainDate('2026-03-23'),
  complaintPhone: '0762-8831234',
  ...over,
});
const found = (make: () => unknown): unknown => {
  try {
    return make();
  } catch (error) {
    return error instanceof DomainError ? [error.code, error.params] : error;
  }
};
const refusal = (kind: string) => ['guard_not_met', { guard: 'notice_clean', found: kind }];

describe('what is posted', () => {
  it('is name, family size, amount, days and telephone, and no other field', () => {
    const over = { ...household(), idNumber: '441625198507124328', bankAccount: '6217', village: '灯塔村' };
    expect(boardNotice(over)).toEqual({
      office: '东源县灯塔镇人民政府',
      programme: '最低生活保障',
      name: '陈秀兰',
      memberCount: 2,
      monthlyBenefitFen: 101_400,
      from: '2026-03-17',
      to: '2026-03-23',
      complaintPhone: '0762-8831234',
    });
    expect(publication({ ...over, date: plainDate('2026-03-30'), where: 'board' })).toEqual({
      office: '东源县灯塔镇人民政府',
      programme: '最低生活保障',
      name: '陈秀兰',
      memberCount: 2,
      monthlyBenefitFen: 101_400,
      date: '2026-03-30',
    });
  });

  it('has a masked name online, and on the board where the place says so', () => {
    expect(onlineNotice(household()).name).toBe('陈**');
    expect(boardNotice(household({ boardName: 'masked' })).name).toBe('陈**');
    const after = { ...household(), date: plainDate('2026-03-30') };
    expect(publication({ ...after, where: 'online' }).name).toBe('陈**');
  });

  it.each([
    ['under eighteen', '2008-03-18', '陈**'],
    ['eighteen on that day', '2008-03-17', '陈秀兰'],
    ['of unknown age', null, '陈**'],
  ])('an applicant %s', (_, birthDate, name) => {
    const applicant = person('陈秀兰', birthDate);
    expect(boardNotice(household({ applicant, members: [applicant] })).name).toBe(name);
  });

  it('keeps a name as its holder writes it, on one line', () => {
    const applicant = person('买买提·\n艾力\u202e', '1985-07-12');
    expect(boardNotice(household({ applicant })).name).toBe('买买提· 艾力');
  });
});

describe('what is refused', () => {
  it.each([
    ['an ID number', '陈秀兰441625198507124328', 'id_number'],
    ['a telephone', '陈秀兰(13800138009)', 'phone'],
    ['a card', '陈秀兰 6217 0010 2003 0040 056', 'account'],
    ['an illness', '陈秀兰（尿毒症）', 'illness'],
    ['a child', '陈秀兰之女陈小禾', 'minor_name'],
  ])('a name with %s in it, by kind only', (_, name, kind) => {
    const applicant = person(name, '1985-07-12');
    expect(found(() => boardNotice(household({ applicant })))).toEqual(refusal(kind));
    expect(
      found(() =>
        publication({ ...household({ applicant }), date: plainDate('2026-03-30'), where: 'board' }),
      ),
    ).toEqual(refusal(kind));
  });

  it.each<[string, Partial<NoticeInput>, string]>([
    ['the programme', { programme: '重度残疾人护理补贴' }, 'illness'],
    ['the office', { office: '灯塔镇 13800138009' }, 'phone'],
    ['the telephone', { complaintPhone: '441625198507124328' }, 'phone'],
    ['the telephone', { complaintPhone: '找陈小禾' }, 'phone'],
  ])('something in %s', (_, over, kind) => {
    expect(found(() => onlineNotice(household(over)))).toEqual(refusal(kind));
  });

  it("the office's own telephone is not", () => {
    const own = household({ complaintPhone: '+86 762 8831234', office: '灯塔镇（电话 762-8831234）' });
    expect(onlineNotice(own).office).toContain('8831234');
  });
});

it('comes of age on the birthday; a leap day waits for March', () => {
  const born = (day: string) => person('x', day);
  expect(isMinor(born('2008-02-29'), plainDate('2026-02-28'))).toBe(true);
  expect(isMinor(born('2008-02-29'), plainDate('2026-03-01'))).toBe(false);
});

it('ten thousand notices, honest and hostile: nothing that does not belong there is posted', () => {
  const tally = tryNotices({ numRuns: 3_400, seed: 20_260_317 });
  expect(tally.notices).toBeGreaterThan(10_000);
  expect(Object.keys(tally.refused).toSorted()).toEqual(PERSONAL_DETAILS.toSorted());
  // Neither nearly everything refused nor nearly nothing.
  expect(tally.produced).toBeGreaterThan(4_000);
  expect(tally.inFull).toBeGreaterThan(500);
}, 120_000);
