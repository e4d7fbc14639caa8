/** Where an application can stand, in the order of the statute. */
export const STAGE_OF = {
  draft: 'accepting',
  submitted: 'accepting',
  awaiting_supplement: 'supplementing',
  accepted: 'investigating',
  investigating: 'investigating',
  verification_negative: 'investigating',
  recheck: 'investigating',
  reinvestigate: 'investigating',
  democratic_appraisal: 'investigating',
  returned: 'investigating',
  /** A refusal that is not posted goes on by itself. */
  refusal_proposed: 'opining',
  /** An opinion that waits to be posted. */
  preliminary_opinion: 'opining',
  /** An opinion that needs no notice goes on by itself. */
  forwarding: 'opining',
  public_notice: 'noticing',
  second_public_notice: 'noticing',
  forwarded: 'reviewing',
  county_reviewed: 'deciding',
  township_confirm: 'deciding',
  confirmed: 'concluding',
  granted: 'concluding',
  refused: 'concluding',
  unsupplied: 'concluding',
  terminated: 'concluding',
  in_benefit: 'done',
  closed: 'done',
} as const;

export type ApplicationState = keyof typeof STAGE_OF;
/** Each state belongs to one stage of the story. */
export type ApplicationStage = (typeof STAGE_OF)[ApplicationState];

export const KNOWN_BEFORE = ['submitted', 'awaiting_supplement'] as const;
export const isBeforeAcceptance = (state: string): boolean =>
  (KNOWN_BEFORE as readonly string[]).includes(state);
/** Accepted and not decided: the statutory clock runs. */
export const UNDER_CLOCK = [
  'accepted',
  'investigating',
  'verification_negative',
  'recheck',
  'reinvestigate',
  'democratic_appraisal',
  'returned',
  'refusal_proposed',
  'preliminary_opinion',
  'forwarding',
  'public_notice',
  'second_public_notice',
  'forwarded',
  'county_reviewed',
  'township_confirm',
] as const satisfies readonly ApplicationState[];
/** The departments are asked, and people look. */
export const LOOKING_INTO = ['investigating', 'reinvestigate'] as const;
export const NOTICING = ['public_notice', 'second_public_notice'] as const;
/** At the county: a report heard here forces a visit by the county (DIBAO-2021 art. 20). */
export const AT_COUNTY = ['forwarded', 'county_reviewed'] as const;
/** Open states in which a paper can reach somebody. */
export const DELIVERED_IN = [
  ...KNOWN_BEFORE,
  ...UNDER_CLOCK,
  'granted',
  'refused',
  'unsupplied',
  'terminated',
] as const satisfies readonly ApplicationState[];
