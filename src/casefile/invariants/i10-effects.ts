import type { Instant } from '../../terms/index.js';
import { hasColumn, RECORD_TABLES } from '../schema/tables.js';
import { each, type Check, type Read } from './check.js';

/**
 * I10: what was promised is delivered, and has its effect once.
 * @param waitedSince real time; what was stored before it and still waits is lost until proved otherwise
 */
export async function effectsOnce(read: Read, waitedSince: Instant): Promise<Check> {
  const since = new Date(waitedSince).toISOString();
  const [count] = await read<
    { n: number }[]
  >`SELECT (SELECT count(*) FROM commands)::int + (SELECT count(*) FROM outbox)::int AS n`;
  const halfSettled = await read<{ record: string }[]>`
    SELECT 'commands ' || id AS record FROM commands
    WHERE (status = 'received') <> (settled_at IS NULL) OR (status = 'received') <> (outcome IS NULL) ORDER BY 1`;
  const wrongEffect = await read<{ record: string; problem: string }[]>`
    SELECT 'commands ' || k.id AS record, CASE WHEN k.status = 'applied' THEN 'applied, with ' || count(t.id) || ' transitions instead of one'
      ELSE k.status || ', and yet it moved the case' END AS problem
    FROM commands k LEFT JOIN transitions t ON t.command_id = k.id
    GROUP BY k.id, k.status, k.kind
    HAVING count(t.id) <> CASE WHEN k.status = 'applied' AND k.kind NOT IN ('add_document', 'answer_report', 'check_sample') THEN 1 ELSE 0 END ORDER BY 1`;
  const orphans = await read<{ record: string }[]>`
    SELECT 'transitions ' || t.id AS record FROM transitions t
    WHERE t.on_kind = 'command' AND NOT EXISTS (SELECT 1 FROM commands k WHERE k.id = t.command_id AND k.case_no = t.case_no) ORDER BY 1`;
  const undelivered = await read<{ record: string }[]>`
    SELECT 'outbox ' || id AS record FROM outbox WHERE delivered_at IS NULL AND parked_at IS NULL
      AND recorded_at < ${since}::timestamptz ORDER BY 1`;
  const parked = await read<{ record: string; problem: string }[]>`
    SELECT topic || ' ' || ref_id AS record, 'of ' || case_no || ' is parked: ' || coalesce(last_error, 'for no reason') AS problem
    FROM outbox WHERE delivered_at IS NULL AND parked_at IS NOT NULL ORDER BY 1`;
  const lost = await read<{ record: string }[]>`
    SELECT 'commands ' || k.id AS record FROM commands k WHERE k.status = 'received' AND k.recorded_at < ${since}::timestamptz
      AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.ref_id = k.id AND o.topic = 'command' AND o.delivered_at IS NULL) ORDER BY 1`;
  const unread = await read<{ record: string }[]>`
    SELECT 'raw_answers ' || a.id AS record FROM raw_answers a JOIN department_requests r ON r.id = a.request_id AND r.case_no = a.case_no
    WHERE a.recorded_at < ${since}::timestamptz AND NOT EXISTS (SELECT 1 FROM answer_readings g WHERE g.answer_id = a.id)
      AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.case_no = a.case_no AND o.ref_id = a.id AND o.delivered_at IS NULL
        AND o.parked_at IS NOT NULL) ORDER BY 1`;
  return {
    invariant: 'I10',
    checked: count?.n ?? 0,
    findings: [
      ...each(halfSettled, 'neither waiting nor settled'),
      ...wrongEffect.map(({ record, problem }) => ({ record, problem })),
      ...each(orphans, 'moved the case for a command that is not on file'),
      ...each(await actsWithoutCommand(read), 'is on record without an applied command'),
      ...each(undelivered, 'was promised and is not delivered'),
      ...parked.map(({ record, problem }) => ({ record, problem })),
      ...each(lost, 'waits, and nothing will deliver it'),
      ...each(unread, 'came and was never read'),
    ],
  };
}

/** Every human act came with a command, and that command was applied. */
async function actsWithoutCommand(read: Read): Promise<{ record: string }[]> {
  const acts = RECORD_TABLES.filter(
    (table) => table.name !== 'transitions' && hasColumn(table, 'command_id'),
  );
  const found: { record: string }[] = [];
  for (const { name } of acts) {
    const rows = await read<{ record: string }[]>`
      SELECT ${name} || ' ' || t.case_no AS record FROM ${read(name)} t
      WHERE t.command_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM commands k WHERE k.id = t.command_id AND k.case_no = t.case_no AND k.status = 'applied') ORDER BY 1`;
    found.push(...rows);
  }
  return found;
}
