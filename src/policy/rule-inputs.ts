import type { Programme, RuleInput, VerificationPurpose } from '../terms/index.js';

/**
 * What the rule of a programme has to know of a household, and so all that may be asked of others about it (necessary and
 * lawful, LAW-2026 art. 11). For dibao: who belongs to it and is alive (DIBAO-2021 art. 7–8), its income (art. 13), its
 * property (art. 14), and what it is paid already.
 */
export const RULE_INPUTS: Readonly<Record<Programme, readonly RuleInput[]>> = {
  dibao: [
    'membership',
    'alive',
    'disability',
    'other_aid',
    'wage',
    'business_net',
    'property_net',
    'transfer_net',
    'other',
    'employment_cost',
    'illness_cost',
    'deposit',
    'wallet',
    'security',
    'insurance',
    'housing_fund',
    'vehicle',
    'home',
    'enterprise',
  ],
};

/** What no department of this list answers: it rests on what the household says and on what is seen at its home. */
export const RESTS_ON_THE_HOUSEHOLD: readonly RuleInput[] = [
  'property_net',
  'other',
  'employment_cost',
  'illness_cost',
];

/** The one purpose for which others are asked on behalf of a programme. */
export const PURPOSE_OF: Readonly<Record<Programme, VerificationPurpose>> = {
  dibao: 'dibao_means_verification',
};
