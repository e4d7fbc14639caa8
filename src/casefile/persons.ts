import { and, eq, inArray } from 'drizzle-orm';
import type { PersonEntry, PlainDate } from '../terms/index.js';
import { newId, record } from './record.js';
import { householdMembers, personPlaces, persons } from './schema/index.js';
import type { Tx } from './tx.js';
import { fetchKeys, newKey, openField, sealField } from './vault.js';

const purpose = (column: string, row: string) => ({ table: 'persons', column, row });

/** Puts a person into a file, each under a key of their own. @returns the person's id */
export async function recordPerson(
  tx: Tx,
  caseNo: string,
  entry: PersonEntry,
  on: PlainDate,
): Promise<string> {
  const id = newId();
  const keyId = await newKey(tx, 'person', caseNo);
  const sealed = (column: string, text: string | undefined) =>
    text === undefined ? null : sealField(tx, keyId, purpose(column, id), text);
  await record(tx, persons, {
    id,
    caseNo,
    keyId,
    name: await sealField(tx, keyId, purpose('name', id), entry.name.normalize('NFC')),
    idStatus: entry.idStatus,
    idNumber: await sealed('id_number', entry.idNumber),
    idIndex:
      entry.idNumber && !entry.provisional ? tx.vault.blindIndex.of('id_number', entry.idNumber) : null,
    phone: await sealed('phone', entry.phone),
    bankAccount: await sealed('bank_account', entry.bankAccount),
    provisional: entry.provisional,
  });
  await record(tx, personPlaces, {
    id: newId(),
    caseNo,
    personId: id,
    hukouCode: entry.hukouCode ?? null,
    hukouType: entry.hukouType,
    residenceCode: entry.residenceCode ?? null,
    residencePermit: entry.residencePermit,
    validFrom: on,
  });
  return id;
}

export interface KnownPerson {
  readonly id: string;
  readonly name: string;
  readonly idNumber: string | null;
}

/** Decrypts the name and number of persons of a file. Every caller has a ground of its own to read them. */
export async function openPersons(tx: Tx, caseNo: string, ids?: readonly string[]): Promise<KnownPerson[]> {
  const rows = await tx.q
    .select()
    .from(persons)
    .where(ids ? and(eq(persons.caseNo, caseNo), inArray(persons.id, [...ids])) : eq(persons.caseNo, caseNo))
    .orderBy(persons.id);
  await fetchKeys(
    tx,
    rows.map(({ keyId }) => keyId),
  );
  return Promise.all(
    rows.map(async (row) => ({
      id: row.id,
      name: await openField(tx, row.keyId, purpose('name', row.id), row.name),
      idNumber: row.idNumber
        ? await openField(tx, row.keyId, purpose('id_number', row.id), row.idNumber)
        : null,
    })),
  );
}

/** Members counted in the household (DIBAO-2021 art. 7), in the order they were entered. */
export const includedMembers = (
  tx: Tx,
  caseNo: string,
): Promise<{ personId: string; reasonCode: string }[]> =>
  tx.q
    .select({ personId: householdMembers.personId, reasonCode: householdMembers.reasonCode })
    .from(householdMembers)
    .where(and(eq(householdMembers.caseNo, caseNo), eq(householdMembers.included, true)))
    .orderBy(householdMembers.id);

/** Dated hukou and residence of everybody in the file, oldest first. */
export const placesOf = (tx: Tx, caseNo: string): Promise<(typeof personPlaces.$inferSelect)[]> =>
  tx.q.select().from(personPlaces).where(eq(personPlaces.caseNo, caseNo)).orderBy(personPlaces.id);

/** Everybody of the household, also whoever is not counted, by name and number. */
export async function householdOf(tx: Tx, caseNo: string): Promise<KnownPerson[]> {
  const rows = await tx.q
    .select({ personId: householdMembers.personId })
    .from(householdMembers)
    .where(eq(householdMembers.caseNo, caseNo));
  return openPersons(
    tx,
    caseNo,
    rows.map(({ personId }) => personId),
  );
}
