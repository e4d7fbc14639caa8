import { line, summedUp, type SourceDefinition } from '../source.js';

/** 支付机构: the balance of wallets, which LAW-2026 art. 41 adds to what may be asked. */
const definition: SourceDefinition = {
  code: 'payment_institution',
  name: { zh: '非银行支付机构', en: 'payment institutions' },
  article: 'LAW-2026 art. 41',
  wire: 'callback',
  limits: { perMinute: 300, atOnce: 10 },
  items: {
    wallets: {
      name: { zh: '支付账户余额', en: 'wallet balances' },
      settles: ['wallet'],
      answers: {
        wallet_balance: { kind: 'property', category: 'wallet', complete: true, most: line(10_000_000) },
      },
    },
  },
  valuation: summedUp,
};
export default definition;
