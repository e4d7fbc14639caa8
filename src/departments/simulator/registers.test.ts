import { describe, expect, it } from 'vitest';
import { LIN, lookupOf } from '../test-support.js';
import { registerFileSchema } from './files.js';
import { lookUp, mergeRegisters } from './registers.js';

const registersOf = (registers: object) => registerFileSchema.parse({ registers }).registers;
const MEI = { idNumber: '441625198001010011', name: '陈梅' };
const deposit = { item: 'deposits', category: 'deposit', amountFen: 100 };
const pension = { item: 'pension', category: 'transfer_net', amountFen: 100 };
const wage = { item: 'contributions', category: 'wage', amountFen: 100 };

describe('lookUp', () => {
  const ask = (registers: object, changes = {}) => lookUp(registersOf(registers), lookupOf(changes));

  it('keeps three things apart: no register, nothing found, something found', () => {
    expect(ask({})).toEqual({ kind: 'no_register' });
    expect(ask({ bank: [] })).toEqual({ kind: 'none', subject: LIN });
    expect(ask({ bank: [{ ...MEI, facts: [deposit] }] })).toEqual({ kind: 'none', subject: LIN });
    expect(ask({ bank: [{ ...LIN, facts: [] }] })).toEqual({ kind: 'none', subject: LIN });
    expect(ask({ bank: [{ ...LIN, facts: [deposit] }] })).toEqual({
      kind: 'found',
      subject: LIN,
      facts: [deposit],
    });
  });

  it('answers with the name on the register, not the one that was asked', () => {
    const other = { ...LIN, name: '林桂花' };
    expect(ask({ bank: [{ ...other, facts: [deposit] }] })).toMatchObject({ subject: other });
  });

  it('takes a namesake for the person where the register was searched by name', () => {
    const namesake = { ...MEI, name: LIN.name };
    const bank = [{ ...namesake, facts: [deposit], mistakenFor: [LIN.idNumber] }];
    expect(ask({ bank })).toEqual({ kind: 'found', subject: namesake, facts: [deposit] });
    // Who has an entry of their own is not mistaken for anybody.
    expect(ask({ bank: [...bank, { ...LIN, facts: [] }] })).toMatchObject({ kind: 'none', subject: LIN });
  });

  it('knows what it will say instead, of what was asked', () => {
    const social_insurance = [
      {
        ...LIN,
        facts: [pension, wage],
        correction: { afterDays: 5, facts: [{ ...pension, amountFen: 50 }, wage] },
      },
    ];
    const finding = ask({ social_insurance }, { source: 'social_insurance', items: ['pension'] });
    expect(finding).toMatchObject({ correction: { afterDays: 5, facts: [{ ...pension, amountFen: 50 }] } });
  });

  it('tells only what was asked', () => {
    const social_insurance = [{ ...LIN, facts: [pension, wage] }];
    const finding = ask({ social_insurance }, { source: 'social_insurance', items: ['pension'] });
    expect(finding).toMatchObject({ facts: [pension] });
  });

  it('cannot tell what has not begun', () => {
    const facts = [
      { ...pension, periodFrom: '2026-03' },
      { ...pension, periodFrom: '2026-04' },
    ];
    const social_insurance = [{ ...LIN, facts }];
    const finding = ask(
      { social_insurance },
      { source: 'social_insurance', items: ['pension'], asOf: '2026-03-31' },
    );
    expect(finding).toMatchObject({ kind: 'found', facts: [facts[0]] });
  });
});

describe('mergeRegisters', () => {
  const old = registersOf({
    bank: [
      { ...LIN, facts: [deposit] },
      { ...MEI, facts: [] },
    ],
  });

  it('replaces a person who is listed again and keeps the others', () => {
    const added = registersOf({ bank: [{ ...LIN, facts: [] }] });
    expect(mergeRegisters(old, added)).toEqual(
      registersOf({
        bank: [
          { ...MEI, facts: [] },
          { ...LIN, facts: [] },
        ],
      }),
    );
  });

  it('adds a source and leaves alone what is not mentioned', () => {
    expect(mergeRegisters(old, registersOf({ social_insurance: [] }))).toEqual({
      ...old,
      social_insurance: [],
    });
    expect(mergeRegisters(old, {})).toEqual(old);
  });
});
