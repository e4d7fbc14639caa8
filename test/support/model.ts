import type { Role } from '../../src/terms/index.js';

/**
 * The application as one reads it in the statute, written by hand and without looking at the product's table: where a
 * case stands, who may do what there, what must have happened before. Of a household of two in a county that posts no
 * refusals; only the applicant signed for the registers. Cooperation, hand-over and later signatures are not in it.
 */
export interface Model {
  readonly place: Place;
  state: string;
  turn: string;
  open: boolean;
  outcome: string | null;
  papersMissing: boolean;
  /** 一次性告知, art. 10: may be told once; a person may close the case when the time since is over. */
  told: 'never' | 'told' | 'time_over';
  visited: boolean;
  questions: 'unasked' | 'open' | 'answered' | 'contradicted' | 'silent' | 'proved';
  /** A wage that the household had not declared was adopted: no grant any more, and it has to be heard (art. 18). */
  against: boolean;
  heard: 'never' | 'told' | 'time_over' | 'objected' | 'rechecked';
  /** Facts that were put right by hand; an opinion rests on as many as there were. */
  facts: number;
  opinion?: { grants: boolean; facts: number };
  county?: { grants: boolean; facts: number; visits: number };
  countyVisits: number;
  /** Somebody reported while the county had the file, and the county has not gone to see since (art. 20). */
  visitOwed: boolean;
  /** Then no township confirms any more. */
  reportedAtCounty: boolean;
  posted: boolean;
  objection: 'none' | 'open' | 'looked_into';
  warned: 'never' | 'warned' | 'time_over';
  extended: boolean;
  noticeGiven: boolean;
  contributed: Set<string>;
}

/** What a place decides for itself. */
export interface Place {
  /** The township confirms (LAW-2026 art. 44). */
  readonly delegated: boolean;
  /** After an objection the new opinion hangs again. */
  readonly secondNotice: boolean;
}

export const newCase = (papersMissing: boolean, place: Place): Model => ({
  place,
  state: 'submitted',
  turn: 'township',
  open: true,
  outcome: null,
  papersMissing,
  told: 'never',
  visited: false,
  questions: 'unasked',
  against: false,
  heard: 'never',
  facts: 0,
  countyVisits: 0,
  visitOwed: false,
  reportedAtCounty: false,
  posted: false,
  objection: 'none',
  warned: 'never',
  extended: false,
  noticeGiven: false,
  contributed: new Set(['clerk']),
});

export type Refusal =
  'forbidden' | 'not_allowed_now' | 'case_closed' | 'contributor_barred' | 'guard_not_met' | 'opinion_stale';

/** One kind of act. */
export interface Rule {
  readonly in: readonly string[];
  readonly by: readonly Role[];
  /** Only who took no part may do it here. */
  readonly outsider?: boolean;
  /** Whoever does it took part. */
  readonly contributes?: boolean;
  readonly unless?: (m: Model) => Refusal | false;
  readonly effect: (m: Model) => void;
}

const go = (m: Model, state: string, turn: string): void => void Object.assign(m, { state, turn });
const close = (m: Model, outcome?: string): void =>
  void Object.assign(m, { state: 'closed', turn: 'nobody', open: false, ...(outcome && { outcome }) });
const unless = (holds: (m: Model) => boolean) => (m: Model) => !holds(m) && ('guard_not_met' as const);

const LOOKED_INTO = ['investigating', 'reinvestigate'];
const ACCEPTED = [
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
];
const COUNTY = ['forwarded', 'county_reviewed'];
const OPINED_IN = ['investigating', 'reinvestigate', 'democratic_appraisal', 'preliminary_opinion'];
/** An opinion stands and nothing is decided. */
const AFTER_OPINION = ['preliminary_opinion', ...COUNTY, 'township_confirm'];
const FIELD: Role[] = ['investigator', 'village_assistant', 'window_clerk', 'township_leader'];
const VILLAGE: Role[] = ['window_clerk', 'village_assistant'];
const TOWNSHIP: Role[] = [...VILLAGE, 'township_leader'];
const VERIFIERS: Role[] = ['verification_officer', 'investigator', 'window_clerk', 'township_leader'];
const LISTENERS: Role[] = ['window_clerk', 'village_assistant', 'county_examiner', 'supervisor'];

/** Visited by two, every question answered or made up for, every objection looked into (art. 15–19). */
const ready = (m: Model): boolean =>
  m.visited && (m.questions === 'answered' || m.questions === 'proved') && m.objection !== 'open';
const townshipStale = (m: Model): boolean => m.opinion !== undefined && m.opinion.facts !== m.facts;
const countyStale = (m: Model): boolean =>
  m.county !== undefined && (m.county.facts !== m.facts || m.county.visits !== m.countyVisits);

/** Told of what stands against it, and its time is over or its evidence was looked into (art. 18). */
const wasHeard = (m: Model): boolean => m.heard === 'time_over' || m.heard === 'rechecked';
const proposed = (grants: boolean) => (m: Model) => {
  m.opinion = { grants, facts: m.facts };
  m.objection = 'none';
  const posts = grants && (!m.posted || m.place.secondNotice);
  go(m, !grants ? 'refusal_proposed' : posts ? 'preliminary_opinion' : 'forwarding', 'township');
};
const opine = (grants: boolean): Rule[] => [
  {
    in: OPINED_IN,
    by: ['township_leader'],
    contributes: true,
    unless: unless((m) => ready(m) && (!m.against || (!grants && wasHeard(m)))),
    effect: proposed(grants),
  },
  {
    in: ['verification_negative'],
    by: ['township_leader'],
    contributes: true,
    unless: unless((m) => !grants && m.visited && ready(m) && wasHeard(m)),
    effect: proposed(grants),
  },
];
/** Confirmation by the township's leader who took no part (LAW-2026 art. 44). */
const decideInTownship = (grants: boolean): Rule[] => [
  {
    in: ['township_confirm'],
    by: ['township_leader'],
    outsider: true,
    unless: (m) => (townshipStale(m) ? 'opinion_stale' : grants && !m.opinion?.grants && 'guard_not_met'),
    effect: decided(grants),
  },
];
const decided = (grants: boolean) => (m: Model) => {
  m.outcome = grants ? 'confirmed' : 'refused';
  if (!grants) go(m, 'refused', 'township');
  else go(m, 'confirmed', m.state === 'township_confirm' ? 'township' : 'county');
};
const countyOpine = (grants: boolean): Rule[] => [
  {
    in: COUNTY,
    by: ['county_examiner'],
    contributes: true,
    unless: (m) =>
      m.visitOwed
        ? 'guard_not_met'
        : townshipStale(m)
          ? 'opinion_stale'
          : grants && !m.opinion?.grants && 'guard_not_met',
    effect: (m) => {
      m.county = { grants, facts: m.facts, visits: m.countyVisits };
      go(m, 'county_reviewed', 'county');
    },
  },
];
/** 确认 and 不予确认, art. 21. */
const decide = (grants: boolean): Rule[] => [
  {
    in: ['county_reviewed'],
    by: ['county_confirmer'],
    outsider: true,
    unless: (m) =>
      m.visitOwed
        ? 'guard_not_met'
        : townshipStale(m) || countyStale(m)
          ? 'opinion_stale'
          : grants && !m.county?.grants && 'guard_not_met',
    effect: decided(grants),
  },
];
const withdraw = (byApplicant: boolean): Rule[] => [
  {
    in: ['submitted', 'awaiting_supplement', ...ACCEPTED],
    by: ['window_clerk', 'township_leader'],
    unless: unless(() => byApplicant),
    effect: (m) => close(m, 'withdrawn'),
  },
];
const visit = (by: 'one' | 'two'): Rule[] => [
  {
    in: LOOKED_INTO,
    by: FIELD,
    contributes: true,
    unless: unless(() => by === 'two'),
    effect: (m) => {
      m.visited = true;
      m.turn = 'township';
      if (m.objection === 'open') m.objection = 'looked_into';
    },
  },
];
const correct = (m: Model): void => void (m.facts += 1);
const prove = unless((m) => m.questions === 'silent');

export const RULES = {
  request_supplement: [
    {
      in: ['submitted'],
      by: ['window_clerk'],
      contributes: true,
      unless: unless((m) => m.told === 'never'),
      effect: (m) => {
        m.told = 'told';
        go(m, 'awaiting_supplement', 'household');
      },
    },
  ],
  supply: [
    {
      in: ['awaiting_supplement'],
      by: ['window_clerk'],
      contributes: true,
      effect: (m) => {
        m.papersMissing = false;
        go(m, 'submitted', 'township');
      },
    },
  ],
  close_unsupplied: [
    {
      in: ['awaiting_supplement'],
      by: ['township_leader'],
      unless: unless((m) => m.told === 'time_over'),
      effect: (m) => {
        m.outcome = 'closed';
        go(m, 'unsupplied', 'township');
      },
    },
  ],
  accept: [
    {
      in: ['submitted'],
      by: ['window_clerk'],
      contributes: true,
      unless: unless((m) => !m.papersMissing),
      effect: (m) => go(m, 'accepted', 'township'),
    },
  ],
  visit_by_one: visit('one'),
  visit_by_two: visit('two'),
  adopt_proof: [
    {
      in: LOOKED_INTO,
      by: VERIFIERS,
      contributes: true,
      unless: prove,
      effect: (m) => Object.assign(m, { questions: 'proved', turn: 'township' }),
    },
    {
      in: AFTER_OPINION,
      by: VERIFIERS,
      contributes: true,
      unless: prove,
      effect: () => {},
    },
  ],
  correct_fact: [
    {
      in: LOOKED_INTO,
      by: VERIFIERS,
      contributes: true,
      effect: (m) => {
        correct(m);
        m.turn = 'township';
      },
    },
    { in: AFTER_OPINION, by: VERIFIERS, contributes: true, effect: correct },
  ],
  adopt_wage: [
    {
      in: LOOKED_INTO,
      by: VERIFIERS,
      contributes: true,
      unless: unless((m) => m.questions === 'contradicted'),
      effect: (m) => {
        correct(m);
        Object.assign(m, { questions: 'answered', against: true, turn: 'township' });
      },
    },
    { in: AFTER_OPINION, by: VERIFIERS, unless: () => 'guard_not_met', effect: () => {} },
  ],
  inform_findings: [
    {
      in: ['investigating'],
      by: ['township_leader', 'window_clerk'],
      contributes: true,
      unless: unless((m) => m.against),
      effect: (m) => {
        m.heard = 'told';
        go(m, 'verification_negative', 'household');
      },
    },
  ],
  object_to_verification: [
    {
      in: ['verification_negative'],
      by: VILLAGE,
      contributes: true,
      effect: (m) => {
        m.heard = 'objected';
        go(m, 'recheck', 'township');
      },
    },
  ],
  recheck: [
    {
      in: ['recheck'],
      by: VERIFIERS,
      contributes: true,
      effect: (m) => {
        m.heard = 'rechecked';
        go(m, 'investigating', 'township');
      },
    },
  ],
  draft_opinion: [
    {
      in: LOOKED_INTO,
      by: ['window_clerk', 'investigator'],
      contributes: true,
      // Nobody has judged the property before somebody went to see it.
      unless: unless((m) => m.visited),
      effect: () => {},
    },
  ],
  propose_grant: opine(true),
  propose_refusal: opine(false),
  post_notice: [
    {
      in: ['preliminary_opinion'],
      by: VILLAGE,
      contributes: true,
      unless: (m) =>
        townshipStale(m) ? 'opinion_stale' : m.posted && !m.place.secondNotice && 'guard_not_met',
      effect: (m) => {
        go(m, m.posted ? 'second_public_notice' : 'public_notice', 'public');
        m.posted = true;
      },
    },
  ],
  object: [
    {
      in: ['public_notice', 'second_public_notice'],
      by: TOWNSHIP,
      contributes: true,
      effect: (m) => {
        m.objection = 'open';
        go(m, 'reinvestigate', 'township');
      },
    },
  ],
  hold_appraisal: [
    {
      in: ['reinvestigate'],
      by: ['township_leader'],
      contributes: true,
      effect: (m) => {
        m.objection = 'looked_into';
        go(m, 'democratic_appraisal', 'township');
      },
    },
  ],
  county_grant: countyOpine(true),
  county_refuse: countyOpine(false),
  county_visit: [
    {
      in: COUNTY,
      by: ['county_examiner'],
      contributes: true,
      effect: (m) => Object.assign(m, { countyVisits: m.countyVisits + 1, visitOwed: false }),
    },
  ],
  report: [
    {
      in: ACCEPTED,
      by: LISTENERS,
      contributes: true,
      effect: (m) => {
        if (m.state !== 'township_confirm' && !COUNTY.includes(m.state)) return;
        Object.assign(m, { visitOwed: true, reportedAtCounty: true });
        if (m.state === 'township_confirm') go(m, 'forwarded', 'county');
      },
    },
  ],
  confirm: decide(true),
  refuse: decide(false),
  confirm_delegated: decideInTownship(true),
  refuse_delegated: decideInTownship(false),
  take_back: [
    { in: ['township_confirm'], by: ['county_examiner'], effect: (m) => go(m, 'forwarded', 'county') },
  ],
  return_file: [
    { in: ['forwarded'], by: ['county_examiner'], effect: (m) => go(m, 'returned', 'township') },
    {
      in: ['county_reviewed'],
      by: ['county_confirmer'],
      outsider: true,
      effect: (m) => go(m, 'returned', 'township'),
    },
    {
      in: ['township_confirm'],
      by: ['township_leader'],
      outsider: true,
      effect: (m) => go(m, 'returned', 'township'),
    },
  ],
  resume_returned: [
    { in: ['returned'], by: ['township_leader'], effect: (m) => go(m, 'investigating', 'township') },
  ],
  give_confirmation_notice: [
    {
      in: ['granted'],
      by: TOWNSHIP,
      effect: (m) => Object.assign(m, { noticeGiven: true, turn: 'township' }),
    },
  ],
  publish: [
    {
      in: ['granted'],
      by: VILLAGE,
      unless: unless((m) => m.noticeGiven),
      effect: (m) => {
        go(m, 'in_benefit', 'nobody');
        m.open = false;
      },
    },
  ],
  give_refusal_notice: [{ in: ['refused'], by: TOWNSHIP, effect: (m) => close(m) }],
  give_closing_notice: [{ in: ['unsupplied', 'terminated'], by: TOWNSHIP, effect: (m) => close(m) }],
  withdraw: withdraw(true),
  withdraw_by_another: withdraw(false),
  extend: [
    {
      in: ACCEPTED,
      by: ['supervisor'],
      unless: unless((m) => !m.extended),
      effect: (m) => void (m.extended = true),
    },
  ],
  warn: [
    {
      in: ACCEPTED,
      by: FIELD,
      contributes: true,
      effect: (m) => Object.assign(m, { warned: 'warned', turn: 'household' }),
    },
  ],
  terminate: [
    {
      in: ACCEPTED,
      by: ['township_leader'],
      unless: unless((m) => m.warned === 'time_over'),
      effect: (m) => {
        m.outcome = 'terminated';
        go(m, 'terminated', 'township');
      },
    },
  ],
} satisfies Record<string, Rule[]>;
export type ActName = keyof typeof RULES;

/** Does it, or says why not. Nothing of the model changes when it is refused. */
export function attemptAct(m: Model, name: ActName, who: string, roles: readonly Role[]): Refusal | 'done' {
  const rules: readonly Rule[] = RULES[name];
  const theirs = (rule: Rule) => rule.by.some((role) => roles.includes(role));
  if (!rules.some(theirs)) return 'forbidden';
  const here = rules.filter((rule) => rule.in.includes(m.state));
  if (here.length === 0) return m.open ? 'not_allowed_now' : 'case_closed';
  const rule = here.find(theirs);
  if (!rule) return 'forbidden';
  if (rule.outsider && m.contributed.has(who)) return 'contributor_barred';
  const refused = rule.unless?.(m);
  if (refused) return refused;
  rule.effect(m);
  if (rule.contributes) m.contributed.add(who);
  return 'done';
}

/** What the house does at once, without anybody. */
export function followAtOnce(m: Model): void {
  if (m.state === 'accepted') {
    go(m, 'investigating', 'township');
    m.questions = 'open';
  } else if (m.state === 'forwarding' || m.state === 'refusal_proposed') forward(m);
  else if (m.state === 'confirmed') go(m, 'granted', 'township');
}

/** To whoever confirms: the township where it may, else the county. */
function forward(m: Model): void {
  if (m.place.delegated && !m.reportedAtCounty) go(m, 'township_confirm', 'township');
  else go(m, 'forwarded', 'county');
}

/** A month passes. No expiry decides anything against the household. */
export function passMonth(m: Model): void {
  if (m.questions === 'open') m.questions = 'silent';
  if (m.state === 'public_notice' || m.state === 'second_public_notice') forward(m);
  if (m.heard === 'told') m.heard = 'time_over';
  if (m.told === 'told') m.told = 'time_over';
  if (m.warned === 'warned') m.warned = 'time_over';
  followAtOnce(m);
}

/** Every department that was asked answers: that it has nothing, or one of a wage that nobody had declared. */
export function hearDepartments(m: Model, wage: boolean): void {
  if (m.questions !== 'open') return;
  m.questions = wage ? 'contradicted' : 'answered';
  m.turn = 'township';
}
