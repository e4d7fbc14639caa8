import { recordConsent } from '../../casefile/consents.js';
import { newId, record } from '../../casefile/record.js';
import { consentRefusals } from '../../casefile/schema/index.js';
import { closeTasks } from '../../casefile/tasks.js';
import type { CommandContext, Effect, StepContext } from '../procedure-desk.js';
import { bodyOf } from './bodies.js';
import { openLookups } from './lookups.js';

/**
 * Signatures that came later, and refusals to sign. A member who signs is asked about; an obligor's refusal is
 * written down and changes nothing (art. 29 speaks of members, LAW-2026 art. 41 asks for the obligor's own consent).
 */
export async function recordConsents(step: CommandContext, given: unknown): Promise<Effect> {
  const { consents, refusals } = bodyOf('record_consents', given);
  const { tx, caseNo, staffId, commandId, occurredOn } = step;
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
  const counts = { consents: consents.length, refusals: refusals.length };
  return { result: counts, auditParams: counts };
}

/** Whoever can be asked about since, is: the questions leave at once, and have the days of a department to be answered. */
export async function askAgain(step: StepContext): Promise<Effect> {
  await closeTasks(step.tx, step.caseNo, ['no_lookup_possible'], step.at);
  const asked = await openLookups(step);
  return { ...(asked > 0 && { refId: newId() }), auditParams: { requests: asked } };
}
