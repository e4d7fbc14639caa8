import { describe, expect, it } from 'vitest';
import { renderComparison } from '../../demo/comparison.js';
import { line, option } from './case-view.js';

const nameOf = (id: string | null): string => (id === null ? '家庭' : '叶兰芳');
const corrected = line({
  category: 'transfer_net',
  standing: 'corrected',
  open: false,
  declared: [{ amountFen: 48_000 }],
  verified: [
    { source: 'social_insurance', standing: 'found', corrected: true, facts: [{ amountFen: 24_000 }] },
  ],
  adopted: [{ amountFen: 24_000, staffName: '核对甲' }],
  options: [option('declared', { monthlyBenefitFen: 6_000, effectFenPerMonth: -2_000 })],
});
const clean = line({ standing: 'clean', open: false });

describe('renderComparison', () => {
  it('shows each line that somebody settled, with what the declaration would have done', () => {
    expect(renderComparison({ lines: [corrected, clean], unused: [] }, nameOf, 'zh').slice(1)).toEqual([
      '叶兰芳  转移净收入  480 元  人力资源社会保障 240 元（更正后）  240 元  核对甲  每月 60 元（−20）',
      '1 项无需人工处理。',
    ]);
    expect(renderComparison({ lines: [corrected], unused: [] }, nameOf, 'en')[1]).toMatch(
      /480 yuan {2}social insurance 240 yuan \(corrected\) {2}240 yuan .* 60 a month \(−20\)$/,
    );
  });

  it('never shows silence as nothing', () => {
    const silent = line({
      standing: 'unanswered',
      verified: [{ source: 'bank', standing: 'unanswered', corrected: false, facts: [] }],
      options: [option('declared', { monthlyBenefitFen: null, effectFenPerMonth: null })],
    });
    expect(renderComparison({ lines: [silent], unused: [] }, nameOf, 'zh')[1]).toMatch(
      /未申报 {2}银行 未反馈 {2}– .*尚不能计算$/,
    );
  });

  it.each([
    ['wrong_person', 'id_number', '说的是同名的另一个人（身份证号不同）'],
    ['wrong_person', 'name', '身份证号相同而姓名不同'],
    ['unreadable', null, '无法读取'],
  ])('says in words what became of an answer that is %s by %s', (verdict, differs, words) => {
    const unused = [{ personId: 'p1', source: 'bank', verdict, differs }];
    expect(renderComparison({ lines: [], unused }, nameOf, 'zh')).toEqual([
      '0 项无需人工处理。',
      `银行关于叶兰芳的反馈${words}，已留存，未采用，由人员另行核实。`,
    ]);
  });
});
