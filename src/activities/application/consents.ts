import { consentsInForce, recordConsent } from '../../casefile/consents.js';
import { newId, record } from '../../casefile/record.js';
import { consentRefusals, consentWithdrawals } from '../../casefile/schema/index.js';
import { closeTasks } from '../../casefile/tasks.js';
import { DomainError } from '../../terms/index.js';
import type { CommandContext, Effect, StepContext } from '../procedure-desk.js';
import { bodyOf } from './bodies.js';
import { openLookups } from './lookups.js';
import { afterSettling } from './verification-report.js';

/**
 * Signatures that came later, refusals to sign, and signatures taken back. A member who signs is asked about; an obligor's refusal is
 * written down and changes nothing (art. 29 speaks of members, LAW-2026 art. 41 asks for the obligor's own consent).
 */
export async function recordConsents(step: CommandContext, given: unknown): Promise<Effect> {
  const { consents, refusals, withdrawals = [] } = bodyOf('record_consents', given);
  const { tx, caseNo, staffId, commandId, occurredOn } = step;
  // First: whoever signs a new form in the same act has it.
  for (const { person } of withdrawals) await withdrawConsents(step, person);
  for (const consent of consents) await recordConsent(tx, caseNo, consent, step);
  for (const { person, sources, reasonCode } of refusals)
    await record(tx, consentRefusals, {
      id: newId(),
      caseNo,
      personId: person,
      sources: [...sources],
      reasonCode,
      staffId,
      commandId,
      occurredOn,
    });
  const counts = {
    consents: consents.length,
    refusals: refusals.length,
    ...(withdrawals.length > 0 && { withdrawals: withdrawals.length }),
  };
  return { result: counts, auditParams: counts };
}

/**
 * Takes every signature back that somebody gave in this file (PIPL art. 15). Questions that still wait are stopped by the
 * gate, those under way by the reader of answers; what was learned before stays.
 * @throws {DomainError} `guard_not_met` when there is none
 */
async function withdrawConsents(step: CommandContext, person: string): Promise<void> {
  const { tx, caseNo, staffId, commandId, occurredOn } = step;
  const given = await consentsInForce(tx, caseNo, person);
  if (given.length === 0) throw new DomainError('guard_not_met', { params: { guard: 'consent_in_force' } });
  for (const { id } of given)
    await record(tx, consentWithdrawals, {
      consentId: id,
      caseNo,
      withdrawnOn: occurredOn,
      staffId,
      commandId,
      occurredOn,
    });
}

/** Whoever can be asked about since, is: the questions leave at once, and have the days of a department to be answered. */
export async function askAgain(step: StepContext): Promise<Effect> {
  await closeTasks(step.tx, step.caseNo, ['no_lookup_possible'], step.at);
  const { asked, settled } = await openLookups(step);
  if (settled > 0) await afterSettling(step);
  return {
    ...(asked > 0 && { refId: newId() }),
    auditParams: { requests: asked, ...(settled > 0 && { settled }) },
  };
}
