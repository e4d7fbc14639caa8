import type { AuditEntry } from '../audit/chain.js';
import { auditKey } from '../record.js';
import { hasColumn, RECORD_TABLES } from '../schema/tables.js';
import type { Finding, Read } from './check.js';

/** Rows that a trigger derives from rows on record, and the chain itself: no step writes them, so no event names them. */
const DERIVED = ['duties', 'person_links', 'audit_events', 'audit_seals'];

const UUID = /^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/;

/** Tables whose every row some event must name. Divisions, staff and their roles are the administrator's. */
const NAMED_TABLES = RECORD_TABLES.filter(
  (table) => hasColumn(table, 'case_no') && !DERIVED.includes(table.name),
);
const KNOWN = new Set(RECORD_TABLES.map(({ name }) => name));

interface Mention {
  readonly event: string;
  readonly table: string;
  readonly id: string;
  readonly hash: string;
}

/** Compares the rows that events of these chains name with the rows on file: changed, deleted, named twice, put in. */
export async function rowFindings(
  read: Read,
  chains: readonly string[],
  entries: readonly AuditEntry[],
): Promise<Finding[]> {
  const mentions = entries.flatMap(({ chain, seq, rows }) =>
    rows.map(({ table, id, hash }): Mention => ({ event: `${chain}#${seq}`, table, id, hash })),
  );
  const sound = mentions.filter(
    (each) => KNOWN.has(each.table) && (auditKey(each.table) === 'case_no' || UUID.test(each.id)),
  );
  return [
    ...mentions
      .filter((each) => !sound.includes(each))
      .map((each) => ({
        record: `audit ${each.event}`,
        problem: `names a row that cannot be: ${each.table}`,
      })),
    ...(await hashFindings(read, sound)),
    ...namedTwice(sound),
    ...(await unnamedRows(read, chains, sound)),
  ];
}

async function hashFindings(read: Read, mentions: readonly Mention[]): Promise<Finding[]> {
  const asked = mentions.map((each, n) => ({ n, t: each.table, k: auditKey(each.table), i: each.id }));
  const rows = await read<{ n: number; hash: string | null }[]>`
    SELECT n, onedoor.row_hash(t, k, i) AS hash FROM jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) AS x (n int, t text, k text, i text)`;
  const hashes = new Map(rows.map(({ n, hash }) => [n, hash]));
  return mentions.flatMap((each, n): Finding[] => {
    const now = hashes.get(n) ?? null;
    if (now === each.hash) return [];
    return [
      {
        record: nameOf(each),
        problem:
          now === null
            ? `is gone; ${each.event} put it on record`
            : `is not what ${each.event} put on record`,
      },
    ];
  });
}

function namedTwice(mentions: readonly Mention[]): Finding[] {
  const seen = new Set<string>();
  return mentions.flatMap((each): Finding[] => {
    const name = nameOf(each);
    if (!seen.has(name)) return (void seen.add(name), []);
    return [{ record: name, problem: `is put on record again by ${each.event}` }];
  });
}

async function unnamedRows(
  read: Read,
  chains: readonly string[],
  mentions: readonly Mention[],
): Promise<Finding[]> {
  const named = new Set(mentions.map(nameOf));
  const findings: Finding[] = [];
  for (const { name } of NAMED_TABLES) {
    const key = auditKey(name);
    const rows = await read<{ id: string }[]>`
      SELECT ${read(key)}::text AS id FROM ${read(name)} WHERE coalesce(case_no, 'system') = ANY (${[...chains]}) ORDER BY 1`;
    for (const { id } of rows) {
      const record = nameOf({ table: name, id });
      if (!named.has(record))
        findings.push({ record, problem: 'is on file, and no audit event put it there' });
    }
  }
  return findings;
}

const nameOf = ({ table, id }: { table: string; id: string }): string => `${table} ${id}`;
