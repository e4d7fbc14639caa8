import { describe, expect, it } from 'vitest';
import { personalDetail, type DetailContext } from './personal-detail.js';
import { digitRuns } from './written-digits.js';

const ID = '441625198507124328';

describe('each kind is found', () => {
  it.each<[string, string, string, DetailContext?]>([
    ['id_number', 'as it is', ID],
    ['id_number', 'ending with X', '11010119491231018X'],
    ['id_number', 'with a small x', '11010119491231018x'],
    ['id_number', 'with a Cyrillic Х', '11010119491231018Х'],
    ['id_number', 'in groups', '441625 1985 0712 4328'],
    ['id_number', 'with dashes of every kind', '441625-1985–0712—4328'],
    ['id_number', 'full width', '４４１６２５１９８５０７１２４３２８'],
    ['id_number', 'in Arabic digits', '٤٤١٦٢٥١٩٨٥٠٧١٢٤٣٢٨'],
    ['id_number', 'written out', '四四一六二五一九八五〇七一二四三二八'],
    ['id_number', 'with letters that look like digits', '44l625l985O7l24328'],
    ['id_number', 'with nothing visible between', Array.from(ID).join('\u200b')],
    ['id_number', 'after other digits', `2${ID}`],
    ['id_number', 'of the old kind', '441625850712432'],
    ['id_number', 'of the old kind, in groups', '441625 850712 432'],
    ['phone', 'mobile', '13800138009'],
    ['phone', 'with the country', '+86 138-0013-8009'],
    ['phone', 'landline', '(0762) 8831234'],
    ['phone', 'local', '8831234'],
    ['phone', 'free of charge', '400-810-1234'],
    ['phone', 'circled', '①③⑧⓪⓪①③⑧⓪⓪⑨'],
    ['account', 'of nineteen', '6217001020030040056'],
    ['account', 'of sixteen without a check digit', '6222 0212 3456 7891'],
    ['account', 'of thirteen with one', '4222222222222'],
    ['illness', 'in a word', '患尿毒症'],
    ['illness', 'spaced', '残 · 疾'],
    ['illness', 'traditional', '殘疾'],
    ['illness', 'with a radical for the sign', '⽩⾎病'],
    ['illness', 'in English', 'HIV阳性'],
    ['minor_name', 'as it is', '女儿陈小禾', { minors: ['陈小禾'] }],
    ['minor_name', 'spaced', '陈 小 禾', { minors: ['陈小禾'] }],
    ['minor_name', 'with another point', '买买提•艾力', { minors: ['买买提·艾力'] }],
  ])('%s: %s', (kind, _, text, context) => {
    expect(personalDetail(`申请人${text}家`, context)).toContain(kind);
  });
});

describe('is not found', () => {
  it.each<[string, string, DetailContext?]>([
    ['in an honest name', '欧阳秀兰'],
    ['in a long one', '古丽巴哈尔·吐尔逊·阿卜杜热合曼'],
    ['in a name with numerals', '王二小、李一一'],
    ['in days and amounts', '公示期自2026年3月17日起至2026年3月23日止，每月1,014.50元'],
    ['in a day of digits', '20260317'],
    ["in the office's own telephone", '监督电话：0762-8831234', { ownPhones: ['(0762)8831234'] }],
    ['in a hotline of five digits', '12345'],
    ['in digits on two lines', '8831\n234'],
    ['when a minor has one sign only', '陈禾', { minors: ['禾'] }],
  ])('%s', (_, text, context) => {
    expect(personalDetail(text, context)).toEqual([]);
  });

  it('an ID number with a wrong check character, which is an account by its length', () => {
    expect(personalDetail(`${ID.slice(0, 17)}1`)[0]).toBe('account');
  });
});

it("another's telephone beside the office's own is found", () => {
  expect(personalDetail('0762-8831234 或 13800138009', { ownPhones: ['0762-8831234'] })).toEqual(['phone']);
  expect(personalDetail('0762-8831234/13800138009', { ownPhones: ['0762-8831234'] })).not.toEqual([]);
});

it('reads digits as a reader does', () => {
  expect(digitRuns('电话 １３８-0013 8009，第二行\n42')).toEqual(['13800138009', '2', '42']);
});
