import { and, asc, eq, sql } from 'drizzle-orm';
import { DomainError, type Instant, type PlainDate } from '../terms/index.js';
import { audit } from './audit-log.js';
import { lockCase } from './case-state.js';
import { afterHeadStart, awaitReply, enqueue, keepPromise } from './outbox.js';
import { newId } from './record.js';
import { cases, commands, type CommandOutcome } from './schema/index.js';
import { staffOf, type Tx } from './tx.js';
import { openField, sealField } from './vault.js';

export type CommandRow = typeof commands.$inferSelect;

export interface NewCommand {
  readonly caseNo: string;
  readonly method: string;
  readonly path: string;
  readonly idempotencyKey: string;
  /** Hash of the canonical body. */
  readonly fingerprint: string;
  readonly kind: string;
  /** Canonical JSON, encrypted before it is stored. */
  readonly body: string;
  readonly ifMatch?: string | undefined;
  readonly occurredOn: PlainDate;
  /** Business time. */
  readonly receivedAt: Instant;
  readonly realNow: Instant;
}

const purpose = (row: string) => ({ table: 'commands', column: 'body', row });

/**
 * The command stored under this key before, if there is one. Holds the key until the transaction ends, so that of two
 * clicks at once the second is told to come back instead of meeting what the first has half done.
 * @throws {DomainError} `idempotency_in_progress`, `idempotency_key_reused` with another body
 */
export async function findCommand(
  tx: Tx,
  key: { method: string; path: string; idempotencyKey: string; fingerprint: string },
): Promise<CommandRow | undefined> {
  const name = ['idempotency', staffOf(tx), key.method, key.path, key.idempotencyKey].join(' ');
  const [held] = await tx.q.execute<{ mine: boolean }>(
    sql`SELECT pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) AS mine`,
  );
  if (!held?.mine) throw new DomainError('idempotency_in_progress');
  const [row] = await tx.q
    .select()
    .from(commands)
    .where(
      and(
        eq(commands.staffId, staffOf(tx)),
        eq(commands.method, key.method),
        eq(commands.path, key.path),
        eq(commands.idempotencyKey, key.idempotencyKey),
      ),
    );
  if (row && row.fingerprint !== key.fingerprint) throw new DomainError('idempotency_key_reused');
  return row;
}

/** Stores what a person asked for, with the promise to deliver it. @returns the command's id */
export async function storeCommand(tx: Tx, command: NewCommand): Promise<string> {
  const [found] = await tx.q
    .select({ keyId: cases.keyId })
    .from(cases)
    .where(eq(cases.caseNo, command.caseNo));
  if (!found) throw new DomainError('case_not_found');
  const { realNow, body, ...columns } = command;
  const id = newId();
  await tx.q.insert(commands).values({
    ...columns,
    id,
    staffId: staffOf(tx),
    keyId: found.keyId,
    body: await sealField(tx, found.keyId, purpose(id), body),
    ifMatch: command.ifMatch ?? null,
    status: 'received',
  });
  // The door delivers at once; the sweep takes over when it could not.
  await enqueue(tx, 'command', command.caseNo, id, afterHeadStart(realNow));
  return id;
}

/** A command that the door itself has carried out in this transaction: stored with its outcome, nothing to deliver. */
export async function storeSettled(
  tx: Tx,
  command: Omit<NewCommand, 'ifMatch' | 'realNow'> & { readonly id?: string },
  outcome: CommandOutcome,
): Promise<CommandRow> {
  const [found] = await tx.q
    .select({ keyId: cases.keyId })
    .from(cases)
    .where(eq(cases.caseNo, command.caseNo));
  if (!found) throw new DomainError('case_not_found');
  const { id = newId() } = command;
  const body = await sealField(tx, found.keyId, purpose(id), command.body);
  await tx.q.insert(commands).values({
    ...command,
    id,
    staffId: staffOf(tx),
    keyId: found.keyId,
    body,
    status: 'applied',
    outcome,
    settledAt: command.receivedAt,
  });
  return readCommand(tx, id);
}

export async function lockCommand(tx: Tx, id: string): Promise<CommandRow> {
  const [row] = await tx.q.select().from(commands).where(eq(commands.id, id)).for('update');
  if (!row) throw new DomainError('not_found');
  return row;
}

export async function readCommand(tx: Tx, id: string): Promise<CommandRow> {
  const [row] = await tx.q.select().from(commands).where(eq(commands.id, id));
  if (!row) throw new DomainError('not_found');
  return row;
}

export const commandBody = async (tx: Tx, row: CommandRow): Promise<unknown> =>
  JSON.parse(await openField(tx, row.keyId, purpose(row.id), row.body));

export async function settleCommand(
  tx: Tx,
  id: string,
  status: 'applied' | 'rejected',
  outcome: CommandOutcome,
  at: Instant,
): Promise<void> {
  await tx.q.update(commands).set({ status, outcome, settledAt: at }).where(eq(commands.id, id));
  // What was refused moved nothing: there is nothing for a desk to know.
  if (status === 'applied') await awaitReply(tx, id);
  else await keepPromise(tx, id, 'command');
}

/** Commands of a case that have not come to anything yet, oldest first. */
export const waitingCommands = (tx: Tx, caseNo: string): Promise<Pick<CommandRow, 'id' | 'kind'>[]> =>
  tx.q
    .select({ id: commands.id, kind: commands.kind })
    .from(commands)
    .where(and(eq(commands.caseNo, caseNo), eq(commands.status, 'received')))
    .orderBy(asc(commands.id));

/**
 * Writes down that a command was refused before it reached the record, unless it has come to something already.
 * @returns the command as it stands
 */
export async function refuseCommand(
  tx: Tx,
  id: string,
  refusal: CommandOutcome,
  at: Instant,
): Promise<CommandRow> {
  const before = await readCommand(tx, id);
  if (before.caseNo) await lockCase(tx, before.caseNo);
  const row = await lockCommand(tx, id);
  if (row.status !== 'received') return row;
  await settleCommand(tx, id, 'rejected', refusal, at);
  await audit(tx, {
    caseNo: row.caseNo ?? undefined,
    at,
    code: 'command_refused',
    params: { commandId: id, kind: row.kind, reason: refusal.code ?? '' },
  });
  return { ...row, status: 'rejected', outcome: refusal, settledAt: at };
}
