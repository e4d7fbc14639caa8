import type { Context } from 'hono';
import { readCase } from '../casefile/case-state.js';
import { findCommand, storeSettled } from '../casefile/commands.js';
import { newId } from '../casefile/record.js';
import type { Tx } from '../casefile/tx.js';
import { DomainError, type HumanAct, type Role } from '../terms/index.js';
import { answerCommand } from './act.js';
import { asPrincipal, requireRole, type ApiEnv, type Principal } from './auth.js';
import { fingerprintOf, idempotencyKey } from './idempotency.js';
import type { ApiDeps } from './ports.js';

export interface DoorAct {
  readonly kind: string;
  readonly caseNo: string;
  readonly roles: readonly Role[];
  readonly body: HumanAct;
  /** Part of what makes two requests the same, and not kept with the command. */
  readonly weight?: unknown;
  /** Writes what the act puts on record. @returns what the caller is told */
  readonly work: (
    tx: Tx,
    by: Principal & { readonly commandId: string },
  ) => Promise<Readonly<Record<string, string | number | boolean | null>>>;
}

/**
 * An act that needs no desk: carried out at the door in one transaction with its settled command, so that a repetition
 * gets the same answer, and possible whether the case is open or not unless its work says otherwise.
 */
export async function actAtDoor(deps: ApiDeps, c: Context<ApiEnv>, act: DoorAct): Promise<Response> {
  const { kind, caseNo, body } = act;
  const key = idempotencyKey(c);
  const { fingerprint } = fingerprintOf({ kind, weight: act.weight, ...body });
  const { command, replayed } = await asPrincipal(deps, c, async (tx, principal) => {
    await readCase(tx, caseNo);
    const request = { method: 'POST', path: c.req.path, idempotencyKey: key, fingerprint };
    const before = await findCommand(tx, request);
    if (before) return { command: before, replayed: true };
    requireRole(principal, act.roles);
    if (body.occurredOn > principal.today)
      throw new DomainError('occurred_in_future', { pointer: '/occurredOn' });
    const id = newId();
    const result = await act.work(tx, { ...principal, commandId: id });
    const stored = await storeSettled(
      tx,
      {
        id,
        ...request,
        caseNo,
        kind,
        body: JSON.stringify(body),
        occurredOn: body.occurredOn,
        receivedAt: principal.at,
      },
      { httpStatus: 201, result },
    );
    return { command: stored, replayed: false };
  });
  return answerCommand(c, command, replayed);
}
