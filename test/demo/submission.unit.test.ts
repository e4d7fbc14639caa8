import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { UsageWrong, readArguments } from '../../demo/arguments.js';
import { placeOf, readHousehold, type Household } from '../../demo/household.js';
import { openLine } from '../../demo/http.js';
import { withIds } from '../../demo/naming.js';
import type { People } from '../../demo/people.js';
import { consents, submission } from '../../demo/submission.js';
import { submitBody } from '../../src/api/schemas/application.js';

const example = (name: string): string => new URL(`../../examples/${name}.json`, import.meta.url).pathname;
const household: Household = {
  place: '441625',
  appliedOn: '2026-03-02',
  members: [
    {
      ref: 'm1',
      name: '陈守业',
      idNumber: '441625195104129016',
      reasonCode: 'applicant',
      hukouType: 'rural',
    },
    {
      ref: 'm2',
      name: '陈思源',
      idNumber: '44162520120515905x',
      reasonCode: 'minor_child',
      hukouType: 'rural',
    },
    { ref: 'm3', name: '陈新', idNumber: null, reasonCode: 'imprisoned', hukouType: 'unknown' },
  ],
  obligors: [{ ref: 'o1', name: '陈远', idNumber: null, owesTo: 'm1', relation: 'adult_child' }],
  declared: [],
  registers: {},
};

describe('submission', () => {
  it.each(['db09', 'above-standard', 'contradiction'])(
    'of examples/%s.json is one the API takes',
    async (name) => {
      const body = submission(await readHousehold(example(name)));
      expect(submitBody.safeParse(body).error).toBeUndefined();
    },
  );

  it('fills in what the file leaves to the straight path', () => {
    expect(submission(household)).toMatchObject({
      occurredOn: '2026-03-02',
      place: '441625',
      township: '441625103',
      village: '441625103201',
      area: 'rural',
      applicant: 'm1',
      members: [
        { ref: 'm1', idStatus: 'valid', included: true, residenceCode: '441625103201' },
        { ref: 'm2', idNumber: '44162520120515905X', included: true },
        { ref: 'm3', idStatus: 'none', included: false },
      ],
      obligors: [{ ref: 'o1', owesTo: 'm1', relation: 'adult_child', hukouType: 'unknown' }],
      papers: ['application_form', 'commitment', 'verification_authorisation', 'income_declaration'],
    });
  });

  it('lets the applicant sign for a child, and nobody about whom no one can be asked', () => {
    expect(consents(household).map(({ person, signedBy }) => [person, signedBy])).toEqual([
      ['m1', 'm1'],
      ['m2', 'm1'],
    ]);
  });

  it('counts a birthday on its day', () => {
    const turned = { ...household, appliedOn: '2030-05-15' };
    expect(consents(turned)[1]?.signedBy).toBe('m2');
    expect(consents({ ...turned, appliedOn: '2030-05-14' })[1]?.signedBy).toBe('m1');
  });

  it('has no signature without the authorisation form', () => {
    expect(submission(household, ['application_form'])).toMatchObject({
      consents: [],
      papers: ['application_form'],
    });
  });
});

describe('placeOf', () => {
  it.each([
    ['441625', '441625103', '441625103201', ''],
    ['441625103', '441625103', '441625103201', ''],
    ['441625103202', '441625103', '441625103202', ''],
    ['231025', '231025105', '231025105201', 'linkou-'],
  ])('%s is %s, %s with staff %j', (place, township, village, staff) => {
    expect(placeOf({ ...household, place })).toEqual({ county: place.slice(0, 6), township, village, staff });
  });
});

describe('withIds', () => {
  const id = '0195552e-7a00-7000-8000-000000000001';
  const line = openLine('http://127.0.0.1:9', 'TOKEN', new AbortController().signal);
  const people: People = {
    subjectFor: (name) => name,
    find: async (name) => ({ subject: name, staffId: `staff of ${name}`, name, line }),
  };
  it('puts ids in place of refs and of staff, at any depth', async () => {
    const body = {
      investigators: ['investigator', id],
      householdSignatory: 'm1',
      consents: [{ person: 'm2', signedBy: 'm1', sources: ['bank'] }],
      adoptions: [{ fact: { person: 'm2', amountFen: 1 } }],
      findings: 'm1',
    };
    expect(await withIds(body, { persons: { m1: 'P1', m2: 'P2' }, people })).toEqual({
      investigators: ['staff of investigator', id],
      householdSignatory: 'P1',
      consents: [{ person: 'P2', signedBy: 'P1', sources: ['bank'] }],
      adoptions: [{ fact: { person: 'P2', amountFen: 1 } }],
      findings: 'm1',
    });
  });
});

describe('readArguments', () => {
  it('runs the published case with difficult departments unless told otherwise', async () => {
    const { file, profile, json, lang } = readArguments([]);
    expect({ json, lang }).toEqual({ json: false, lang: 'zh' });
    const [first, second] = await Promise.all([readFile(file, 'utf8'), readFile(profile ?? '', 'utf8')]);
    expect(JSON.parse(first)).toMatchObject({ parametersOn: '2009-07-15' });
    const kinds = Object.values(JSON.parse(second) as object).flatMap((each: unknown) =>
      typeof each === 'object' && each !== null && 'kind' in each ? [each.kind] : [],
    );
    expect(new Set(kinds)).toEqual(new Set(['doubles', 'silent', 'slow']));
  });
  it('leaves the departments prompt for a file of your own', () => {
    expect(readArguments(['--case', '/a.json', '--json', '--lang', 'en'])).toEqual({
      file: '/a.json',
      json: true,
      lang: 'en',
    });
  });
  it('refuses what it does not know', () => {
    expect(() => readArguments(['--speed', '9'])).toThrow(UsageWrong);
    expect(() => readArguments(['again'])).toThrow(UsageWrong);
  });
  it('knows two languages', () => {
    expect(() => readArguments(['--lang', 'fr'])).toThrow('--lang must be zh or en');
  });
});
