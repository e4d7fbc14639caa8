import { line, summedUp, type SourceDefinition } from '../source.js';

/** 住房公积金: the balance of somebody's account, and the wage it is paid on. */
const definition: SourceDefinition = {
  code: 'housing_fund',
  name: { zh: '住房公积金', en: 'housing fund' },
  article: 'DIBAO-2021 art. 17; LAW-2026 art. 41',
  wire: 'polling',
  // Asking whether the answer is there counts too.
  limits: { perMinute: 600, atOnce: 5 },
  items: {
    fund_balance: {
      name: { zh: '公积金账户', en: 'housing fund account' },
      settles: ['housing_fund'],
      answers: {
        fund_balance: {
          kind: 'property',
          category: 'housing_fund',
          complete: true,
          most: line(5_000_000),
        },
      },
    },
  },
  valuation: summedUp,
};
export default definition;
