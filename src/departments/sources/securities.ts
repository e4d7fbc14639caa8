import { line, summedUp, type SourceDefinition } from '../source.js';

/** 证券: market value and cash on the account, and the net value of funds. */
const definition: SourceDefinition = {
  code: 'securities',
  name: { zh: '证券机构', en: 'securities' },
  article: 'LAW-2026 art. 41',
  wire: 'callback',
  limits: { perMinute: 120, atOnce: 5 },
  items: {
    holdings: {
      name: { zh: '证券与基金', en: 'securities and funds' },
      settles: ['security'],
      answers: {
        market_value: { kind: 'property', category: 'security', complete: true, most: line(100_000_000) },
        cash_balance: { kind: 'property', category: 'security', complete: true, most: line(100_000_000) },
        fund_net_value: { kind: 'property', category: 'security', complete: true, most: line(100_000_000) },
      },
    },
  },
  // One sum, whatever it consists of.
  valuation: (facts) => summedUp(facts.map((fact) => ({ ...fact, category: 'market_value' }))),
};
export default definition;
