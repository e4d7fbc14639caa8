import fc from 'fast-check';
import type { NoticeInput, NoticePerson } from '../../src/policy/public-notice.js';
import { checkCharacter } from '../../src/policy/resident-id.js';
import { addDays, fen, plainDate, type PlainDate } from '../../src/terms/index.js';

/** Something that must not be posted: how it is written in the name field, and what it is. */
export interface Secret {
  readonly kind: 'id_number' | 'account' | 'phone' | 'illness' | 'minor_name';
  readonly plain: string;
  readonly written: string;
}

export interface HostileNotice {
  readonly input: NoticeInput;
  /** Null: an honest notice. */
  readonly secret: Secret | null;
  readonly applicantIsMinor: boolean;
}

export const POSTED_ON = plainDate('2026-03-17');
export const OWN_PHONE = '0762-8831234';

/** One digit alphabet each: a reader takes them all for the same number. */
const ALPHABETS = [
  '0123456789',
  '０１２３４５６７８９',
  '٠١٢٣٤٥٦٧٨٩',
  '〇一二三四五六七八九',
  '零壹贰叁肆伍陆柒捌玖',
  'Ol23456789',
  '⓪①②③④⑤⑥⑦⑧⑨',
  '𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗',
].map((alphabet) => Array.from(alphabet));
const BETWEEN = ['', ' ', '-', '－', '　', '\u200b', '.', ' - ', '·'];

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((each) => each.join(''));
const two = (min: number, max: number) => fc.integer({ min, max }).map((n) => String(n).padStart(2, '0'));
const birth = fc.tuple(fc.integer({ min: 1930, max: 2020 }), two(1, 12), two(1, 28));
const region = fc.constantFrom('441625', '231025', '110101', '653101');

const idNumber = fc
  .tuple(region, birth, digits(3))
  .map(([code, day, serial]) => `${code}${day.join('')}${serial}`)
  .map((body) => `${body}${checkCharacter(body)}`);
const oldIdNumber = fc
  .tuple(region, birth, digits(3))
  .map(([code, [year, month, day], serial]) => `${code}${String(year).slice(2)}${month}${day}${serial}`);
const phone = fc.oneof(
  fc.tuple(fc.integer({ min: 13, max: 19 }), digits(9)).map((parts) => parts.join('')),
  fc
    .tuple(fc.constantFrom('0762', '010', '0998'), fc.integer({ min: 2, max: 8 }), digits(6))
    .map((p) => p.join('')),
);
const account = fc
  .tuple(fc.constantFrom('62', '43', '95'), fc.integer({ min: 14, max: 17 }).chain(digits))
  .map((p) => p.join(''));

const disguised = (number: fc.Arbitrary<string>, kind: Secret['kind']): fc.Arbitrary<Secret> =>
  fc
    .tuple(number, fc.constantFrom(...ALPHABETS), fc.constantFrom(...BETWEEN), fc.integer({ min: 1, max: 6 }))
    .map(([plain, alphabet, between, every]) => ({
      kind,
      plain,
      written: Array.from(plain, (digit, at) => {
        const gap = at > 0 && at % every === 0 ? between : '';
        return `${gap}${alphabet[Number(digit)] ?? digit}`;
      }).join(''),
    }));

const illness = fc
  .tuple(
    fc.constantFrom(
      '尿毒症',
      '肺癌晚期',
      '艾滋病',
      '精神残疾二级',
      '癫痫',
      '白血病',
      '聋哑',
      '瘫痪',
      'HIV',
      '殘疾',
      '⽩⾎病',
    ),
    fc.constantFrom('', ' ', '·', '\u200b'),
  )
  .map(([word, between]): Secret => ({
    kind: 'illness',
    plain: word.normalize('NFKC'),
    written: Array.from(word).join(between),
  }));

const SURNAMES = Array.from('陈李王张黄林欧阳赵𠮷');
const GIVEN = Array.from('秀兰建国志强桂花海燕福明禾雪梅');
const FOREIGN = ['买买提', '艾力', '阿依古丽', '依明', '才让', '卓玛', '古丽巴哈尔', '吐尔逊'];
const name = fc.oneof(
  fc
    .tuple(fc.constantFrom(...SURNAMES), fc.array(fc.constantFrom(...GIVEN), { minLength: 1, maxLength: 2 }))
    .map(([family, given]) => family + given.join('')),
  fc.array(fc.constantFrom(...FOREIGN), { minLength: 2, maxLength: 9 }).map((parts) => parts.join('·')),
);
/** Of signs that no other name has, so that an honest name never contains it. */
const minorName = fc
  .tuple(fc.constantFrom('孙', '周', '吴'), fc.constantFrom('小宝', '子轩', '一诺'))
  .map((parts) => parts.join(''));

const minorBirth = fc.integer({ min: 1, max: 18 * 365 }).map((days): PlainDate => addDays(POSTED_ON, -days));
const adultBirth = fc
  .integer({ min: 18 * 366, max: 90 * 365 })
  .map((days): PlainDate => addDays(POSTED_ON, -days));

const secret = fc.oneof(
  disguised(idNumber, 'id_number'),
  disguised(oldIdNumber, 'id_number'),
  disguised(phone, 'phone'),
  disguised(account, 'account'),
  illness,
  fc.tuple(minorName, fc.constantFrom('', ' ', '·')).map(([plain, between]): Secret => ({
    kind: 'minor_name',
    plain,
    written: Array.from(plain).join(between),
  })),
);

/** A notice in whose name field somebody wrote what does not belong there, or – one in four – an honest one. */
export const hostileNotice: fc.Arbitrary<HostileNotice> = fc
  .record({
    own: name,
    child: minorName,
    secret: fc.option(secret, { freq: 3, nil: null }),
    where: fc.constantFrom('before', 'after', 'inside', 'alone'),
    around: fc.constantFrom('', '（', ' ', '\n', '：', '/'),
    adult: fc.boolean(),
    adultBirth,
    minorBirth,
    memberCount: fc.integer({ min: 1, max: 12 }),
    benefit: fc.integer({ min: 1, max: 1_000_000 }),
    boardName: fc.constantFrom('full', 'full', 'full', 'masked'),
  })
  .map(
    ({ own, child, secret: planted, where, around, adult, memberCount, benefit, boardName, ...births }) => {
      const birthDate = adult ? births.adultBirth : births.minorBirth;
      const applicant: NoticePerson = { name: planted ? put(own, planted, where, around) : own, birthDate };
      const children = planted?.kind === 'minor_name' ? [child, planted.plain] : [child];
      return {
        secret: planted,
        applicantIsMinor: !adult,
        input: {
          office: '东源县灯塔镇人民政府',
          programme: '最低生活保障',
          applicant,
          members: [applicant, ...children.map((each) => ({ name: each, birthDate: births.minorBirth }))],
          memberCount,
          monthlyBenefitFen: fen(benefit),
          boardName,
          from: POSTED_ON,
          to: addDays(POSTED_ON, 6),
          complaintPhone: OWN_PHONE,
        },
      };
    },
  );

function put(own: string, { written }: Secret, where: string, around: string): string {
  switch (where) {
    case 'before':
      return `${written}${around}${own}`;
    case 'after':
      return `${own}${around}${written}`;
    case 'inside':
      return `${own.slice(0, 1)}${around}${written}${around}${own.slice(1)}`;
    default:
      return written;
  }
}

const READ = new Map(
  ALPHABETS.flatMap((signs) => signs.map((sign, digit) => [sign, String(digit)] as const)),
);
/** What a reader makes of a text: the alphabets above undone, nothing but letters and digits kept. */
const read = (text: string): string =>
  Array.from(text, (sign) => READ.get(sign) ?? sign)
    .join('')
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]/gu, '');

/** Whether a text gives the secret away. Written apart from the product's own detector, from how secrets are made here. */
export const givesAway = (text: string, { plain, written }: Secret): boolean =>
  text.includes(written) || read(text).includes(read(plain));
