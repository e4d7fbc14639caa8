import { dateAt, endOf, instant, type Instant, type PlainDate } from '../../terms/index.js';
import type { Check, Finding, Read } from './check.js';

export interface NoticeRules {
  /** The last day of a notice that was posted on a day. */
  readonly endsOn: (place: string, postedOn: PlainDate, round: 1 | 2) => PlainDate;
  /** Business time. */
  readonly now: Instant;
}

interface Notice {
  record: string;
  place: string;
  masked_name: string;
  posted_on: PlainDate;
  ends_on: PlainDate;
  removed_on: PlainDate | null;
  reason: string | null;
  removed_ms: number | null;
  objected: boolean;
  round: 1 | 2 | null;
}

/** One character and stars: what {@link maskName} leaves of a name. */
const MASKED = /^.\*{1,2}$/u;
/** A notice that hangs this much longer than its days was not taken down on time. */
const GRACE_MS = 24 * 3_600_000;

/** I14: notices are masked, hang for the days of the law, and come down when these are over or somebody objects. */
export async function noticesInOrder(read: Read, rules: NoticeRules): Promise<Check> {
  const rows = await read<Notice[]>`
    SELECT 'public_notices ' || n.id AS record, coalesce((SELECT m.place_code FROM case_assignments m WHERE m.case_no = n.case_no AND m.recorded_at <= n.recorded_at ORDER BY m.id DESC LIMIT 1), a.place_code) AS place, n.masked_name, n.posted_on, n.ends_on, r.removed_on,
      r.reason_code AS reason, (extract(epoch FROM r.at) * 1000)::float8 AS removed_ms,
      EXISTS (SELECT 1 FROM objections o WHERE o.notice_id = n.id) AS objected, n.round
    FROM public_notices n JOIN applications a USING (case_no) LEFT JOIN public_notice_removals r ON r.notice_id = n.id ORDER BY n.id`;
  const findings = rows.flatMap((row): Finding[] =>
    problemsOf(row, rules).map((problem) => ({ record: row.record, problem })),
  );
  return { invariant: 'I14', checked: rows.length, findings };
}

function problemsOf(notice: Notice, { endsOn, now }: NoticeRules): string[] {
  const {
    posted_on: posted,
    ends_on: ends,
    removed_on: removed,
    reason,
    removed_ms: removedMs,
    objected,
  } = notice;
  const expected = endsOn(notice.place, posted, notice.round ?? 1);
  const problems: (string | false)[] = [
    !MASKED.test(notice.masked_name) && 'the name is not masked',
    expected !== ends && `should hang until ${expected}, says ${ends}`,
  ];
  const over = instant(endOf(ends) + GRACE_MS);
  if (removed === null || removedMs === null) {
    problems.push(now > over && `still hangs on ${dateAt(now)}, its days ended on ${ends}`);
  } else {
    problems.push(
      (removed < posted || removed > ends) && `was taken down on ${removed}, outside its days`,
      removedMs > over && `was taken down on ${dateAt(instant(removedMs))}, its days ended on ${ends}`,
      removed < ends &&
        !(reason === 'objection' && objected) &&
        reason !== 'case_ended' &&
        'was taken down early without an objection',
    );
  }
  return problems.filter((problem) => problem !== false);
}
