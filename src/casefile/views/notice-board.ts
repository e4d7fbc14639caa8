import { sql } from 'drizzle-orm';
import type { PlainDate } from '../../terms/index.js';
import type { Tx } from '../tx.js';

/** What a passer-by may read: a function of the database gives out these columns and nothing else. */
export async function publicNoticeBoard(
  tx: Tx,
  query: { village?: string | undefined; today: PlainDate; limit: number },
) {
  const rows = await tx.q.execute<{
    id: string;
    village_code: string;
    masked_name: string;
    member_count: number;
    monthly_benefit_fen: string;
    posted_on: string;
    ends_on: string;
  }>(
    sql`SELECT * FROM onedoor.notice_board(${query.today}::date, ${query.village ?? null}) ORDER BY posted_on DESC, id LIMIT ${query.limit}`,
  );
  return [...rows].map((row) => ({
    id: row.id,
    villageCode: row.village_code,
    name: row.masked_name,
    memberCount: row.member_count,
    monthlyBenefitFen: Number(row.monthly_benefit_fen),
    postedOn: row.posted_on,
    endsOn: row.ends_on,
  }));
}

/** What is published after the confirmation, while the place lets it stand. */
export async function publicationBoard(
  tx: Tx,
  query: { village?: string | undefined; today: PlainDate; limit: number },
) {
  const rows = await tx.q.execute<{
    id: string;
    village_code: string;
    masked_name: string;
    member_count: number;
    monthly_benefit_fen: string;
    published_on: string;
    ends_on: string;
  }>(
    sql`SELECT * FROM onedoor.publication_board(${query.today}::date, ${query.village ?? null}) ORDER BY published_on DESC, id LIMIT ${query.limit}`,
  );
  return [...rows].map((row) => ({
    id: row.id,
    villageCode: row.village_code,
    name: row.masked_name,
    memberCount: row.member_count,
    monthlyBenefitFen: Number(row.monthly_benefit_fen),
    publishedOn: row.published_on,
    endsOn: row.ends_on,
  }));
}
