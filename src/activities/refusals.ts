import { DomainError } from '../terms/index.js';

/** Constraint names that say a rule of the house was about to be broken. */
const CONSTRAINTS: Readonly<Record<string, DomainError['code']>> = {
  duties_one_per_person: 'contributor_barred',
  decisions_by_outsider: 'contributor_barred',
  decisions_one_per_stage: 'not_allowed_now',
  lookup_needs_valid_consent: 'no_ground_for_lookup',
  open_requests_unit: 'open_request_exists',
  department_requests_again: 'guard_not_met',
  value_findings_proof: 'guard_not_met',
  visits_two_investigators: 'guard_not_met',
  proof_adoptions_request_id_unique: 'guard_not_met',
  adopted_facts_supersedes_unique: 'guard_not_met',
};

/** Refusals become outcomes; everything else goes on to be retried or to call an operator. */
export function refusalOf(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const name: unknown = Reflect.get(cause, 'constraint_name');
    const code = typeof name === 'string' ? CONSTRAINTS[name] : undefined;
    if (code) return new DomainError(code);
    // An id of nothing: whoever sent it has to know, or the command would wait for ever.
    if (Reflect.get(cause, 'code') === '23503')
      return new DomainError('body_invalid', { params: { reason: 'unknown_reference' } });
  }
  throw error;
}
