import type { Context } from 'hono';
import { evidenceTag, lastMove, readCase } from '../casefile/case-state.js';
import {
  findCommand,
  readCommand,
  refuseCommand,
  storeCommand,
  type CommandRow,
} from '../casefile/commands.js';
import { keepPromise } from '../casefile/outbox.js';
import { foreignReference, type Reference } from '../casefile/references.js';
import { inCasefile, type Tx } from '../casefile/tx.js';
import { APPLICATION } from '../policy/application.js';
import { admission } from '../policy/procedure.js';
import { caseNo as asCaseNo, DomainError, ERRORS, type ErrorCode, type HumanAct } from '../terms/index.js';
import { asPrincipal, requireRole, type ApiEnv, type Principal } from './auth.js';
import { COMMAND_PATHS } from './command-paths.js';
import { fingerprintOf, idempotencyKey } from './idempotency.js';
import type { ApiDeps, Delivery } from './ports.js';
import { problem } from './problem.js';

/** How long a request waits for its desk before it answers 202. */
const DESK_MS = 5_000;

export interface Act {
  /** A command of the table. */
  readonly kind: string;
  readonly body: HumanAct;
  /** Ids in the body. @see foreignReference */
  readonly names?: readonly Reference[];
}

/** Somebody of another division acts on the one task that a case gave them. */
export interface FromElsewhere {
  readonly caseNo: string;
  readonly cooperation: string;
  /** Whose people may have signed. */
  readonly within: string;
}

/**
 * A person acts on a case: the command is stored with its promise of delivery in one transaction, then brought to its
 * desk. Whatever happens after the store – no worker, no Temporal, a cut connection – it is not lost and not done twice.
 */
export async function actOnCase(
  deps: ApiDeps,
  c: Context<ApiEnv>,
  { kind, body, names = [] }: Act,
  elsewhere?: FromElsewhere,
): Promise<Response> {
  const caseNo = asCaseNo(elsewhere?.caseNo ?? c.req.param('caseNo') ?? '');
  const key = idempotencyKey(c);
  const { text, fingerprint } = fingerprintOf({ kind, ...body });
  const stored = await asPrincipal(deps, c, storing, elsewhere?.cooperation);
  async function storing(tx: Tx, principal: Principal) {
    const state = await readCase(tx, caseNo);
    const request = { method: 'POST', path: c.req.path, idempotencyKey: key, fingerprint };
    const before = await findCommand(tx, request);
    if (before) return { command: before, replayed: true };
    requireRole(principal, rolesOf(kind));
    if (body.occurredOn > principal.today)
      throw new DomainError('occurred_in_future', { pointer: '/occurredOn' });
    const ifMatch = c.req.header('if-match');
    // What a person decides on must be what they saw.
    if (COMMAND_PATHS[kind]?.needsTag && !ifMatch) throw new DomainError('if_match_missing');
    if (ifMatch && ifMatch !== evidenceTag(state))
      throw new DomainError('evidence_changed', {
        params: { version: state.version, ...(await lastMove(tx, caseNo)) },
      });
    const foreign = await foreignReference(tx, caseNo, names, principal.today, elsewhere?.within);
    if (foreign)
      throw new DomainError('body_invalid', {
        pointer: foreign.pointer,
        params: { reason: 'not_of_this_case' },
      });
    const id = await storeCommand(tx, {
      ...request,
      caseNo,
      kind,
      body: text,
      ifMatch,
      occurredOn: body.occurredOn,
      receivedAt: principal.at,
      realNow: deps.clock.real(),
    });
    return { command: await readCommand(tx, id), replayed: false };
  }
  const settled =
    stored.command.status === 'received' ? await bring(deps, c, stored.command) : stored.command;
  return answerCommand(c, settled, stored.replayed);
}

/** Roles that may give a command in some state. */
const rolesOf = (kind: string) =>
  APPLICATION.rows.flatMap((row) =>
    row.on === 'command' && row.name === kind && 'role' in row ? row.role : [],
  );

async function bring(deps: ApiDeps, c: Context<ApiEnv>, command: CommandRow): Promise<CommandRow> {
  const caseNo = command.caseNo ?? '';
  const delivery = await deps.dispatcher
    .deliver({ id: command.id, kind: command.kind, caseNo }, DESK_MS)
    .catch((error: unknown): Delivery => {
      // The command is on record: whatever broke on the way to its desk, the sweep brings it there.
      deps.log.error(
        { code: error instanceof Error ? error.name : 'unknown', traceId: c.get('traceId') },
        'left to the sweep',
      );
      return { kind: 'waiting' };
    });
  // The act may have taken the case out of the reach of whoever did it.
  const acting = { actor: 'system:sweep', on: c.get('principal').today, caseNo } as const;
  const refused =
    delivery.kind !== 'settled' &&
    (await inCasefile(deps.casefile, acting, (tx) => refusalIn(tx, command, delivery)));
  if (refused) {
    const at = await deps.clock.now();
    await inCasefile(deps.casefile, { ...acting, caseNo: command.caseNo ?? '' }, (tx) =>
      refuseCommand(tx, command.id, { httpStatus: ERRORS[refused.code].status, ...refused }, at),
    );
  }
  return inCasefile(deps.casefile, acting, async (tx) => {
    if (delivery.kind === 'settled') await keepPromise(tx, command.id, 'command');
    return readCommand(tx, command.id);
  });
}

/** A closed case has no desk. One that stands elsewhere than its record may not refuse what the record admits. */
async function refusalIn(
  tx: Tx,
  command: CommandRow,
  delivery: Exclude<Delivery, { readonly kind: 'settled' }>,
): Promise<{ code: ErrorCode; params: Readonly<Record<string, string>> } | undefined> {
  const caseNo = command.caseNo ?? '';
  const { open, state } = await readCase(tx, caseNo);
  const refused = delivery.kind === 'refused' && admission(APPLICATION, state, command.kind) !== 'possible';
  const code = open ? (refused ? delivery.code : undefined) : 'case_closed';
  // Whoever came too late is told what was done before them, and when.
  return code && { code, params: await lastMove(tx, caseNo) };
}

/** The stored outcome of a command: the same answer at every repetition. */
export function answerCommand(c: Context, command: CommandRow, replayed: boolean): Response {
  if (replayed) c.header('Idempotent-Replayed', 'true');
  c.header(
    'Location',
    command.kind === 'submit' ? `/v1/cases/${command.caseNo ?? ''}` : `/v1/commands/${command.id}`,
  );
  const { outcome } = command;
  if (command.status === 'received' || !outcome)
    return c.json({ commandId: command.id, status: 'received' }, 202);
  if (outcome.code && outcome.code in ERRORS)
    return problem(c, outcome.code as keyof typeof ERRORS, {
      pointer: outcome.pointer,
      params: outcome.params,
    });
  return c.json(
    { commandId: command.id, status: command.status, ...outcome.result },
    outcome.httpStatus === 201 ? 201 : 200,
  );
}
