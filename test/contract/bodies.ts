import { TODAY, type Site } from '../support/contract-site.js';
import type { Person } from '../support/town.js';
import { applicant, documentId } from './ids.js';
import type { Body, Its } from './preparation.js';

/** The household as a client would send it: no field that is not there. */
export const application = (site: Site): Body =>
  JSON.parse(JSON.stringify({ ...site.household(), occurredOn: TODAY })) as Body;

/** Who went, and who of the household signed. */
export const seen = async (its: Its, ...went: readonly Person[]): Promise<Body> => ({
  investigators: went.map((who) => its.site.house.town.staff[who]),
  householdSignatory: await applicant(its),
});

/** A deposit of the applicant, as the paper shows it. */
export const deposit = async (its: Its): Promise<Body> => ({
  fact: {
    person: await applicant(its),
    kind: 'property',
    category: 'deposit',
    amountFen: 120_000,
    periodFrom: '2026-03',
    periodTo: '2026-03',
  },
  documentId: await documentId(its),
  reasonCode: 'bankbook_shown',
});

/** As many as the place asks for, two thirds of them representatives of the village. */
export function quorum(): Body {
  const participants = Array.from({ length: 9 }, (_, at) => ({
    group: at < 6 ? 'villager_representatives' : 'committee_members',
    name: `代表${at + 1}`,
  }));
  const votes = { truthful: participants.length, untruthful: 0, abstained: 0 };
  return { calledOn: '2026-03-20', participants, votes };
}

/** A report of the neighbouring county: it knows of a deposit of the applicant. */
export const recognised = async (its: Its): Promise<Body> => ({
  madeOn: '2026-02-10',
  validTo: '2026-08-09',
  documentId: await documentId(its),
  answers: [
    {
      person: await applicant(its),
      source: 'bank',
      items: ['deposits'],
      outcome: 'found',
      facts: [{ item: 'deposits', category: 'deposit', amountFen: 120_000 }],
    },
  ],
});
