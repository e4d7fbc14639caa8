/**
 * Tables whose rows change, and why each may. Every other table refuses UPDATE, DELETE and TRUNCATE, also to its owner.
 * What was true at a time is never read from these: it is on record elsewhere.
 */
export const WORKING_STATE = {
  data_keys:
    'a key is wrapped anew when the installation key rotates, and destroyed with the person it belongs to',
  business_clock: 'simulated time moves; production has no row',
  case_counters: 'the last case number given in a township and year',
  case_state: 'where the case is; recomputed from transitions',
  clocks: 'end or expire; recomputed from transitions and the rulebook',
  tasks: 'are claimed, returned and done; the act they asked for is on record',
  commands: 'come to something once; what they did is on record',
  outbox: 'is delivered, or tried again',
  access_watch: 'how far accesses have been looked through; they themselves are on record',
  gateway_circuits: 'opens and closes; what was tried is on record as attempts',
  refused_callbacks: 'counts by the hour, and writes over yesterday; each refusal is a line in the log',
  open_requests: 'the claim of a unit is released when its request ends',
} as const satisfies Record<string, string>;

export const isWorkingState = (table: string): boolean => Object.hasOwn(WORKING_STATE, table);
