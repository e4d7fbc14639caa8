import { describe, expect, it } from 'vitest';
import { nextStep } from '../../demo/straight-path.js';
import { comparing, line, request, view } from './case-view.js';

const visit = { method: 'home_visit', forObjection: false, occurredOn: '2026-03-10' };
const objection = { occurredOn: '2026-03-19' };
const comparison = comparing(line());

describe('nextStep', () => {
  it.each([
    ['submitted', {}, 'accept', 'window_clerk'],
    ['submitted', { missingPapers: ['commitment'] }, 'request_supplement', 'window_clerk'],
    ['awaiting_supplement', { missingPapers: ['commitment'] }, 'supply', 'window_clerk'],
    ['investigating', {}, 'record_visit', 'investigator'],
    [
      'investigating',
      { visits: [visit], requests: [request('unanswered')] },
      'adopt',
      'verification_officer',
    ],
    ['investigating', { visits: [visit], comparison }, 'adopt', 'verification_officer'],
    ['investigating', { visits: [visit], requests: [request('none')] }, 'form_opinion', 'township_leader'],
    [
      'investigating',
      { visits: [visit], requests: [request('unanswered', true)] },
      'form_opinion',
      'township_leader',
    ],
    ['preliminary_opinion', {}, 'post_notice', 'window_clerk'],
    ['preliminary_opinion', { comparison }, 'adopt', 'verification_officer'],
    ['forwarded', { comparison }, 'adopt', 'verification_officer'],
    ['county_reviewed', { comparison }, 'adopt', 'verification_officer'],
    ['reinvestigate', { visits: [visit], objection }, 'record_visit', 'investigator'],
    [
      'reinvestigate',
      { visits: [{ ...visit, forObjection: true, occurredOn: '2026-03-20' }], objection },
      'form_opinion',
      'township_leader',
    ],
    ['forwarded', {}, 'county_opine', 'county_examiner'],
    ['county_reviewed', { proposed: { township: 'grant', county: 'grant' } }, 'confirm', 'county_confirmer'],
    ['county_reviewed', { proposed: { township: 'refuse', county: 'refuse' } }, 'refuse', 'county_confirmer'],
    ['refused', {}, 'give_refusal_notice', 'window_clerk'],
  ] as const)('%s %j → %s by %s', (state, part, does, as) => {
    expect(nextStep(view({ state, ...part }))).toEqual({ kind: 'act', do: does, as });
  });

  it.each([
    ['accepted', {}, 'soon'],
    ['refusal_proposed', {}, 'soon'],
    ['confirmed', {}, 'soon'],
    ['forwarding', {}, 'soon'],
    ['investigating', { visits: [visit], requests: [request('pending')] }, 'wait'],
    ['investigating', { visits: [visit], requests: [request('pending'), request('unanswered')] }, 'wait'],
    ['public_notice', {}, 'wait'],
    ['in_benefit', { open: false }, 'over'],
  ] as const)('%s %j → %s', (state, part, kind) => {
    expect(nextStep(view({ state, ...part }))).toEqual({ kind });
  });
});
