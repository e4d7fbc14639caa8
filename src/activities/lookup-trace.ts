import { noteAccess } from '../casefile/access.js';
import { whereabouts } from '../casefile/assignments.js';
import type { RequestRow } from '../casefile/evidence.js';
import { marksOf } from '../casefile/lookup-marks.js';
import type { KnownPerson } from '../casefile/persons.js';
import type { Tx } from '../casefile/tx.js';
import { surnameOf } from '../policy/surname.js';
import { dateAt, type Instant } from '../terms/index.js';

/**
 * Leaves with whoever's act caused a question that it left, was held, or had no ground. Only here are the person's name and
 * the requester's both known, so what they have in common is noticed here, as a code.
 */
export async function traceQuestion(
  tx: Tx,
  { caseNo, personId, causedBy }: RequestRow,
  kind: 'question_left' | 'question_held' | 'question_without_ground',
  { person, at }: { person: KnownPerson | undefined; at: Instant },
): Promise<void> {
  if (!causedBy) return;
  const on = dateAt(at);
  const marks = person
    ? await marksOf(tx, {
        caseNo,
        personId,
        name: person.name,
        surname: surnameOf(person.name),
        village: (await whereabouts(tx, caseNo)).village,
        staffId: causedBy,
        on,
      })
    : [];
  await noteAccess(tx, { staffId: causedBy, kind, channel: 'gate', caseNo, personId, marks, at });
}
