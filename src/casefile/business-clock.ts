import { eq } from 'drizzle-orm';
import type { Database } from './db.js';
import { businessClock } from './schema/index.js';

/** Business time minus real time, in milliseconds; 0 in production, where the row does not exist. */
export async function clockOffset(database: Database): Promise<number> {
  const [row] = await database.db.select().from(businessClock).where(eq(businessClock.only, true));
  return row?.offsetMs ?? 0;
}

/** Simulated mode only: the caller has checked that. */
export async function setClockOffset(database: Database, offsetMs: number): Promise<void> {
  await database.db.update(businessClock).set({ offsetMs }).where(eq(businessClock.only, true));
}
