import { line, summedUp, type SourceDefinition } from '../source.js';

/** 银行: deposits, which are worth the sum of the balances on the day that is asked for. */
const definition: SourceDefinition = {
  code: 'bank',
  name: { zh: '银行', en: 'bank' },
  article: 'DIBAO-2021 art. 17; LAW-2026 art. 41',
  wire: 'callback',
  limits: { perMinute: 300, atOnce: 10 },
  items: {
    deposits: {
      name: { zh: '存款', en: 'deposits' },
      settles: ['deposit'],
      answers: {
        deposit: { kind: 'property', category: 'deposit', complete: true, most: line(100_000_000) },
      },
    },
  },
  valuation: summedUp,
};
export default definition;
