import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parseHouseholdFile, HouseholdFileInvalid, type HouseholdIssue } from './household-file.js';
import { householdJsonSchema } from './household-schema.js';

const root = new URL('../../', import.meta.url);
const ID = '441625195104129016';

interface Loose {
  [field: string]: unknown;
}
/** The smallest household that can be run. */
const sound = (): Loose => ({
  place: '441625',
  appliedOn: '2026-03-02',
  members: [{ ref: 'm1', name: '陈守业', idNumber: null, reasonCode: 'applicant', hukouType: 'rural' }],
  obligors: [],
  declared: [],
  registers: {},
});

function issuesOf(file: unknown): readonly HouseholdIssue[] {
  try {
    parseHouseholdFile(typeof file === 'string' ? file : JSON.stringify(file));
    return [];
  } catch (error) {
    if (error instanceof HouseholdFileInvalid) return error.issues;
    throw error;
  }
}

const changed = (path: string, value: unknown): Loose => {
  const file = sound();
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let at: Loose = file;
  for (const key of keys) {
    at[key] ??= {};
    at = at[key] as Loose;
  }
  at[last] = value;
  return file;
};
const memberWith = (part: Loose): Loose => ({
  ref: 'm2',
  name: '罗桂英',
  idNumber: null,
  reasonCode: 'spouse',
  hukouType: 'rural',
  ...part,
});
const income = (part: Loose): Loose => ({
  kind: 'income',
  category: 'wage',
  amountFen: 1,
  periodFrom: '2025-03',
  periodTo: '2026-02',
  ...part,
});
const entry = (part: Loose): Loose => ({ idNumber: ID, name: '陈守业', facts: [], ...part });
const act = (part: Loose): Loose => ({ on: '2026-03-02', as: 'clerk-1', do: 'accept', ...part });

describe('parseHouseholdFile', () => {
  it('reads the smallest household', () => {
    expect(parseHouseholdFile(JSON.stringify(sound()))).toEqual(sound());
  });

  it('reads a file with a byte order mark', () => {
    expect(issuesOf(`\u{FEFF}${JSON.stringify(sound())}`)).toEqual([]);
  });

  it.each(['db09', 'above-standard', 'contradiction'])('reads examples/%s.json', async (name) => {
    const text = await readFile(new URL(`examples/${name}.json`, root), 'utf8');
    expect(issuesOf(text)).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ['place', 441625, 'place: must be a division code in quotes'],
    ['place', '44162', 'place: must be a division code of 6, 9 or 12 digits'],
    ['place', '110101', 'place: must lie in a seeded township: 441625103 or 231025105'],
    ['place', '441625104', 'place: must lie in a seeded township: 441625103 or 231025105'],
    ['appliedOn', undefined, 'appliedOn: is missing'],
    ['appliedOn', '2026-02-29', 'appliedOn: must be a day of the calendar, YYYY-MM-DD'],
    ['parametersOn', '2009', 'parametersOn: must be a day of the calendar, YYYY-MM-DD'],
    ['members', [], 'members: must name at least one person'],
    [
      'members.0.ref',
      '1',
      'members.0.ref: must begin with a letter and hold at most 32 letters, digits, - and _',
    ],
    ['members.0.name', '', 'members.0.name: does not have the right form'],
    ['members.0.idNumber', undefined, 'members.0.idNumber: is missing'],
    [
      'members.0.idNumber',
      '44162519510412901',
      'members.0.idNumber: must have 17 digits and a check character',
    ],
    [
      'members.0.idNumber',
      '441625195104129011',
      'members.0.idNumber: fails its check digit or date of birth (GB 11643)',
    ],
    [
      'members.0.idNumber',
      '441625195113329019',
      'members.0.idNumber: fails its check digit or date of birth (GB 11643)',
    ],
    [
      'members.0.hukouType',
      'unknown',
      'members.0.hukouType: decides which standard applies: the applicant’s must be urban or rural',
    ],
    ['members.0.included', false, 'members.0.included: contradicts reasonCode applicant (DIBAO-2021 art. 7)'],
    ['members.0.idStatus', 'valid', 'members.0.idStatus: contradicts idNumber'],
    ['members.0.nmae', 'x', 'members.0.nmae: is not a field of a household file'],
    ['members.0.phone', 'call me', 'members.0.phone: must be 5 to 15 digits'],
    [
      'members.1',
      memberWith({ reasonCode: 'imprisoned', included: true }),
      'members.1.included: contradicts reasonCode imprisoned (DIBAO-2021 art. 7)',
    ],
    ['members.1', memberWith({ ref: 'm1' }), 'members.1.ref: names somebody else in this file already'],
    [
      'members.1',
      memberWith({ reasonCode: 'applicant' }),
      'members: must hold exactly one person with reasonCode applicant',
    ],
    [
      'obligors.0',
      memberWith({ reasonCode: undefined, owesTo: 'm9', relation: 'adult_child' }),
      'obligors.0.owesTo: is not the ref of a member',
    ],
    [
      'obligors.0',
      memberWith({ reasonCode: undefined, owesTo: 'm1', relation: 'Son!' }),
      'obligors.0.relation: must be a code such as adult_child: small letters and _',
    ],
    ['declared.0', income({ amountFen: 12.5 }), 'declared.0.amountFen: must be a whole number of fen'],
    ['declared.0', income({ amountFen: '100' }), 'declared.0.amountFen: must be a whole number of fen'],
    ['declared.0', income({ amountFen: -1 }), 'declared.0.amountFen: must not be negative'],
    ['declared.0', income({ amountYuan: 1 }), 'declared.0.amountYuan: is not a field of a household file'],
    ['declared.0', income({ periodFrom: '2025-13' }), 'declared.0.periodFrom: must be a month, YYYY-MM'],
    ['declared.0', income({ periodTo: '2025-01' }), 'declared.0.periodTo: lies before periodFrom'],
    ['declared.0', income({ member: 'm7' }), 'declared.0.member: is not the ref of a member'],
    [
      'declared.0',
      income({ kind: 'property' }),
      'declared.0.category: is none of property: deposit, wallet, security, insurance, housing_fund, vehicle, home',
    ],
    ['registers.taxi', [], 'registers.taxi: is not a field of a household file'],
    ['registers.bank', null, 'registers.bank: must be an array'],
    [
      'registers.bank',
      [entry({}), entry({})],
      'registers.bank.1.idNumber: is listed twice: put all facts into one entry',
    ],
    [
      'registers.bank',
      [entry({ facts: [{ item: 'deposits', category: 'deposit' }] })],
      'registers.bank.0.facts.0.amountFen: is missing',
    ],
    [
      'registers.bank',
      [entry({ facts: [{ item: 'pension', category: 'deposit', amountFen: 1 }] })],
      'registers.bank.0.facts.0.item: must be deposits',
    ],
    ['events.0', act({ on: '2026-03-01' }), 'events.0.on: lies before appliedOn'],
    ['events.0', act({ do: 'fly' }), 'events.0.do: must be one of '],
    ['events.0', act({ as: 'The Clerk' }), 'events.0.as: must be a staff subject such as clerk-1, or a role'],
    ['events.0', act({ body: [] }), 'events.0.body: must be an object'],
    [
      'events.0',
      act({ do: 'submit', on: '2026-03-03' }),
      'events.0.on: must be appliedOn: this is the day of the application',
    ],
  ])('answers a wrong %s (%j) by path and reason', (path, value, expected) => {
    const file = changed(path, value);
    for (const list of ['members', 'obligors', 'declared', 'events'])
      if (list in file) file[list] = Object.values(file[list] as object);
    const found = issuesOf(file).map((each) => `${each.path}: ${each.reason}`);
    expect(found).toContainEqual(expect.stringContaining(expected));
    expect(found).toContainEqual(
      expect.stringMatching(new RegExp(`^${expected.split(': ')[0] === expected ? path : ''}`)),
    );
  });

  it('finds a repeated ID number, also of an obligor', () => {
    const file = changed('members.0.idNumber', ID);
    file['obligors'] = [{ ref: 'o1', name: '陈志', idNumber: ID, owesTo: 'm1', relation: 'adult_child' }];
    expect(issuesOf(file)).toEqual([
      { path: 'obligors.0.idNumber', reason: 'is the ID number of somebody else in this file' },
    ]);
  });

  it('wants events in the order of their days, and the submission first', () => {
    const file = {
      ...sound(),
      events: [act({ on: '2026-03-09' }), act({ on: '2026-03-05' }), act({ do: 'submit' })],
    };
    expect(issuesOf(file)).toEqual([
      { path: 'events.1.on', reason: 'lies before the event above it' },
      { path: 'events.2.on', reason: 'lies before the event above it' },
      { path: 'events.2.do', reason: 'must come first: there is no case before it' },
    ]);
  });

  it('names every mistake at once', () => {
    expect(issuesOf({}).map(({ path }) => path)).toEqual([
      'place',
      'appliedOn',
      'members',
      'obligors',
      'declared',
      'registers',
    ]);
  });

  it('names where the JSON ends, and no text of it', () => {
    const [found] = issuesOf('{"members":[{"name":"陈守业",}]}');
    expect(found?.path).toBe('(file)');
    expect(found?.reason).toMatch(/^is not JSON/);
    expect(found?.reason).not.toContain('陈');
  });

  it('says it in one message and ends with 2', () => {
    const error = new HouseholdFileInvalid([{ path: 'place', reason: 'is missing' }]);
    expect(error.message).toBe('The household file does not fit:\n  place: is missing');
    expect(error.exitCode).toBe(2);
  });
});

/** `UPDATE_SCHEMAS=1 npx vitest run --project unit src/cli/household-file.test.ts` writes it anew. */
describe('schemas/household.json', () => {
  it('is what the code reads', async () => {
    const file = new URL('schemas/household.json', root);
    const schema = householdJsonSchema();
    if (process.env['UPDATE_SCHEMAS'] === '1') {
      const { format } = await import('prettier');
      await mkdir(new URL('schemas/', root), { recursive: true });
      await writeFile(file, await format(JSON.stringify(schema), { parser: 'json', printWidth: 110 }));
    }
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(schema)));
  });

  it('is the only schema of a household among those published', async () => {
    expect(await readdir(new URL('schemas/', root))).toContain('household.json');
  });
});
