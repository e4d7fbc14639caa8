import { describe, expect, it } from 'vitest';
import { LIN } from '../test-support.js';
import { profileFileSchema, registerFileSchema } from './files.js';

const deposit = { item: 'deposits', category: 'deposit', amountFen: 100 };
const pathOf = (schema: typeof registerFileSchema | typeof profileFileSchema, value: unknown): string =>
  schema.safeParse(value).error?.issues[0]?.path.join('/') ?? 'good';
const bank = (...entries: unknown[]) => ({ registers: { bank: entries } });

describe('a register file', () => {
  it.each([
    ['no source at all', { registers: {} }],
    ['a source that knows nobody', bank()],
    ['a person about whom nothing is known', bank({ ...LIN, facts: [] })],
    ['a person with facts', bank({ ...LIN, facts: [deposit, deposit] })],
    ['a reference to its schema', { $schema: '../schemas/register.json', registers: {} }],
  ])('may have %s', (_, value) => {
    expect(pathOf(registerFileSchema, value)).toBe('good');
  });

  it.each([
    ['no registers', {}, 'registers'],
    ['an unknown source', { registers: { police: [] } }, 'registers'],
    ['null for a source', { registers: { bank: null } }, 'registers/bank'],
    [
      'another source’s fact',
      bank({ ...LIN, facts: [{ item: 'pension' }] }),
      'registers/bank/0/facts/0/item',
    ],
    [
      'a negative amount',
      bank({ ...LIN, facts: [{ ...deposit, amountFen: -1 }] }),
      'registers/bank/0/facts/0/amountFen',
    ],
    ['a person without a number', bank({ name: '林桂香', facts: [] }), 'registers/bank/0/idNumber'],
    ['a field nobody reads', bank({ ...LIN, facts: [], note: '' }), 'registers/bank/0'],
  ])('may not have %s', (_, value, path) => {
    expect(pathOf(registerFileSchema, value)).toBe(path);
  });
});

describe('a profile file', () => {
  it.each([
    ['nothing: everybody is prompt', {}],
    [
      'each kind',
      {
        bank: { kind: 'silent' },
        household_register: { kind: 'doubles' },
        social_insurance: { kind: 'slow' },
      },
    ],
    ['its own figures', { bank: { kind: 'slow', delayHours: 720, jitter: 0.5, copies: 2 } }],
  ])('may say %s', (_, value) => {
    expect(pathOf(profileFileSchema, value)).toBe('good');
  });

  it.each([
    ['an unknown kind', { bank: { kind: 'lying' } }, 'bank/kind'],
    ['no kind', { bank: {} }, 'bank/kind'],
    ['a negative delay', { bank: { kind: 'slow', delayHours: -1 } }, 'bank/delayHours'],
    ['no copy', { bank: { kind: 'doubles', copies: 0 } }, 'bank/copies'],
    ['a flood of copies', { bank: { kind: 'doubles', copies: 6 } }, 'bank/copies'],
    ['an unknown source', { police: { kind: 'prompt' } }, ''],
  ])('may not say %s', (_, value, path) => {
    expect(pathOf(profileFileSchema, value)).toBe(path);
  });
});
