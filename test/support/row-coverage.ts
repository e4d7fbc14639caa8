import { APPLICATION } from '../../src/policy/application.js';
import { landsIn } from '../../src/policy/procedure.js';
import type { TestHouse } from './house.js';

interface AnyRow {
  readonly from: readonly string[];
  readonly on: string;
  readonly name: string;
  readonly to: string;
  readonly when?: readonly string[];
}
const ROWS: readonly AnyRow[] = APPLICATION.rows;

const proposal = ({ when = [] }: AnyRow): string =>
  when.includes('proposes_grant') ? ' grant' : when.includes('proposes_refusal') ? ' refuse' : '';
/** `form_opinion refuse: investigating|… → refusal_proposed`: what a row is called where it has to be covered. */
export const rowKey = (row: AnyRow): string =>
  `${row.name}${proposal(row)}: ${row.from.slice(0, 2).join('|')}${row.from.length > 2 ? '|…' : ''} → ${row.to}`;

/** Every row of the table. */
export const ALL_ROWS: readonly string[] = ROWS.map(rowKey);

/** Rows that cases of a house have taken, by its record. */
export async function rowsTaken(house: TestHouse): Promise<string[]> {
  const steps = await house.database.reader.sql<
    { on: string; name: string; from: string; to: string; proposes: string | null }[]
  >`
    SELECT DISTINCT t.on_kind AS on, t.name, t.from_state AS from, t.to_state AS to, o.proposes
    FROM transitions t LEFT JOIN opinions o ON o.command_id = t.command_id`;
  const taken = steps.map((step) => {
    const row = ROWS.find(
      (each) =>
        each.on === step.on &&
        each.name === step.name &&
        each.from.includes(step.from) &&
        landsIn(each, step.from) === step.to &&
        (proposal(each) === '' || proposal(each) === ` ${step.proposes}`),
    );
    if (!row) throw new Error(`${step.name} from ${step.from} to ${step.to} is no row of the table`);
    return rowKey(row);
  });
  return [...new Set(taken)].toSorted();
}

export const missing = (wanted: readonly string[], taken: readonly string[]): string[] =>
  wanted.filter((key) => !taken.includes(key));
