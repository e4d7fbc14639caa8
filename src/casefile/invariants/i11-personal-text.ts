import { sensitivityOf } from '../schema/sensitivity.js';
import { TABLES } from '../schema/tables.js';
import type { Check, Finding, Read } from './check.js';

/** What somebody could read: where it stands, and the text. */
export interface ReadableText {
  /** E.g. `application/AP-…#12 failure.message` or `worker.log:310`. */
  readonly where: string;
  readonly text: string;
}

/** Names what in a text looks like it is about a person (`id_number`, `phone`, `canary` …), never the thing itself. */
export type PersonalScan = (text: string) => readonly string[];

/** I11 over texts that leave the case file: logs, payloads, ids, failure texts. */
export function noPersonalText(scan: PersonalScan, texts: Iterable<ReadableText>): Check {
  const findings: Finding[] = [];
  let checked = 0;
  for (const { where, text } of texts) {
    checked += 1;
    for (const what of scan(text))
      findings.push({ record: where, problem: `contains what looks like ${what}` });
  }
  return { invariant: 'I11', checked, findings };
}

/** I11 over the columns of the case file that are classed public or internal and hold text. */
export async function noPersonalColumns(read: Read, scan: PersonalScan): Promise<Check> {
  const texts: ReadableText[] = [];
  for (const table of TABLES) {
    const open = table.columns.filter(
      (column) =>
        ['text', 'jsonb'].includes(column.getSQLType()) &&
        ['public', 'internal'].includes(sensitivityOf(table.name, column.name)),
    );
    for (const { name } of open) {
      const rows = await read<{ where: string; text: string }[]>`
        SELECT ${`${table.name}.${name} `} || ctid::text AS where, ${read(name)}::text AS text
        FROM ${read(table.name)} WHERE ${read(name)} IS NOT NULL`;
      texts.push(...rows);
    }
  }
  return noPersonalText(scan, texts);
}
