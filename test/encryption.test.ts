import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPersons } from '../src/casefile/persons.js';
import { TABLES } from '../src/casefile/schema/tables.js';
import { inCasefile } from '../src/casefile/tx.js';
import { createVault } from '../src/stack/vault.js';
import { plainDate } from '../src/terms/index.js';
import { db09, idNumber, member } from './support/household.js';
import { openTestRecord, type TestRecord } from './support/record.js';
import { applied, on } from './support/walk.js';

/** Texts that are planted in every field that speaks about a person, and must be nowhere in a copy of the database. */
const CANARIES = {
  name: '买买提·依明江',
  astral: '𠮷𡈽太郎',
  id: idNumber('653125', '19711225', 7),
  otherId: idNumber('441625', '19880808', 88),
  phone: '13912345679',
  bank: '6217001234567890123',
  visit: '屋内仅有木床两张，邻居称其患有尘肺病',
  opinion: '长子离家多年，去向不明',
  objection: '邻居举报其名下另有铺面',
};

let record: TestRecord;
let caseNo: string;

beforeAll(async () => {
  record = await openTestRecord();
  const { walker, town } = record;
  const members = [
    member('m1', {
      name: CANARIES.name,
      idNumber: CANARIES.id,
      phone: CANARIES.phone,
      bankAccount: CANARIES.bank,
    }),
    member('m2', { name: CANARIES.astral, idNumber: CANARIES.otherId }),
  ];
  caseNo = await walker.walkTo('answered', db09({ members, yearlyYuan: '1200' }));
  const [first] = await walker.inside(caseNo, '2026-03-06', (tx) => openPersons(tx, caseNo));
  const investigators = [town.staff.investigator, town.staff.secondInvestigator];
  await applied(
    walker.act(
      'investigator',
      caseNo,
      'record_visit',
      {
        method: 'home_visit',
        investigators,
        householdSignatory: first?.id,
        propertyWithinLimits: 'yes',
        findings: CANARIES.visit,
      },
      on('2026-03-06'),
    ),
  );
  await applied(
    walker.act(
      'leader',
      caseNo,
      'form_opinion',
      { proposes: 'grant', reasonCode: 'below_standard', remarks: CANARIES.opinion },
      on('2026-03-09'),
    ),
  );
  await applied(walker.act('clerk', caseNo, 'post_notice', {}, on('2026-03-10')));
  await applied(
    walker.act(
      'clerk',
      caseNo,
      'object',
      { groundCode: 'income', realName: false, text: CANARIES.objection },
      on('2026-03-11'),
    ),
  );
});
afterAll(() => record.database.drop());

/** The whole database as text, as a dump would have it: bytes in hex. */
async function dump(): Promise<Map<string, string>> {
  const { sql } = record.database.admin;
  const texts = new Map<string, string>();
  for (const { name } of TABLES) {
    const rows = await sql.unsafe<{ line: string }[]>(`SELECT t::text AS line FROM ${name} t`);
    texts.set(name, rows.map(({ line }) => line).join('\n'));
  }
  return texts;
}

describe('a dump of the database', () => {
  it('holds what was planted nowhere, neither as text nor as bytes', async () => {
    const texts = await dump();
    expect(texts.get('persons')?.length).toBeGreaterThan(500);
    expect(texts.get('remarks')?.length).toBeGreaterThan(500);
    const hits = Object.entries(CANARIES).flatMap(([what, canary]) => {
      const forms = [
        canary,
        canary.normalize('NFD'),
        Buffer.from(canary).toString('hex'),
        Buffer.from(canary).toString('base64'),
        Buffer.from(canary, 'utf16le').toString('hex'),
        JSON.stringify(canary).slice(1, -1),
      ];
      return [...texts]
        .filter(([, text]) => forms.some((form) => text.includes(form)))
        .map(([table]) => `${what} in ${table}`);
    });
    expect(hits).toEqual([]);
  });

  it('would show them if they were there: the same search finds what is public', async () => {
    const texts = await dump();
    expect(texts.get('public_notices')).toContain('买**');
    expect(texts.get('divisions')).toContain('灯塔镇');
  });

  it('has equal numbers equal only in the blind index, which is no plain hash', async () => {
    const [row] = await record.database.admin.sql<{ index: string; number: Uint8Array }[]>`
      SELECT id_index AS index, id_number AS number FROM persons WHERE id_index IS NOT NULL ORDER BY id LIMIT 1`;
    expect(row?.index).toBe(record.database.casefile.vault.blindIndex.of('id_number', CANARIES.id));
    const other = createVault({ ...record.database.keys, index: new Uint8Array(32).fill(7) });
    expect(other.blindIndex.of('id_number', CANARIES.id)).not.toBe(row?.index);
  });
});

describe('what was encrypted', () => {
  it('comes back as it was written, with 「·」 and beyond the BMP', async () => {
    const people = await record.walker.inside(caseNo, '2026-03-23', (tx) => openPersons(tx, caseNo));
    expect(people.map(({ name, idNumber: number }) => [name, number])).toEqual([
      [CANARIES.name, CANARIES.id],
      [CANARIES.astral, CANARIES.otherId],
    ]);
  });

  it('has a key for each person and one for the case', async () => {
    const keys = await record.database.admin.sql<{ owner: string; n: number }[]>`
      SELECT owner, count(*)::int AS n FROM data_keys WHERE case_no = ${caseNo} GROUP BY owner ORDER BY owner`;
    expect([...keys]).toEqual([
      { owner: 'case', n: 1 },
      { owner: 'person', n: 2 },
      { owner: 'reporter', n: 1 },
    ]);
  });

  it('does not open with another installation’s key', async () => {
    const casefile = {
      ...record.database.casefile,
      vault: createVault({ ...record.database.keys, field: new Uint8Array(32).fill(9) }),
    };
    const read = inCasefile(casefile, { actor: 'system:sweep', on: plainDate('2026-03-23'), caseNo }, (tx) =>
      openPersons(tx, caseNo),
    );
    await expect(read).rejects.toThrow();
  });

  it('is gone when a person’s key is destroyed, and the chain stays valid', async () => {
    await record.seal();
    await record.database.admin
      .sql`UPDATE data_keys SET wrapped = NULL, destroyed_at = now() WHERE id = (SELECT key_id FROM persons WHERE case_no = ${caseNo} ORDER BY id LIMIT 1)`;
    await expect(
      record.walker.inside(caseNo, '2026-03-23', (tx) => openPersons(tx, caseNo)),
    ).rejects.toThrow();
    const report = await record.verify();
    expect(report.checks.find(({ invariant }) => invariant === 'I8')?.findings).toEqual([]);
  });
});
