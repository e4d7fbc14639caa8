import { line, summedUp, type SourceDefinition } from '../source.js';

/** 保险: policies of one's own, worth what they could be surrendered for on the day that is asked for. */
const definition: SourceDefinition = {
  code: 'insurance',
  name: { zh: '保险机构', en: 'insurers' },
  article: 'LAW-2026 art. 41',
  wire: 'callback',
  limits: { perMinute: 120, atOnce: 5 },
  items: {
    policies: {
      name: { zh: '商业保险现金价值', en: 'cash value of policies' },
      settles: ['insurance'],
      answers: {
        cash_value: { kind: 'property', category: 'insurance', complete: true, most: line(50_000_000) },
        // A policy that cannot be surrendered is no property.
        policy_without_value: 'noted',
      },
    },
  },
  valuation: summedUp,
};
export default definition;
