import { monthly, type SourceDefinition } from '../source.js';

/** 税务: wages and business income that were taxed. Whoever earns too little is not in it: its "none" says nothing. */
const definition: SourceDefinition = {
  code: 'tax',
  name: { zh: '税务', en: 'tax' },
  article: 'DIBAO-2021 art. 17; LAW-2026 art. 41',
  wire: 'callback',
  limits: { perMinute: 120, atOnce: 5 },
  items: {
    taxed_wages: {
      name: { zh: '工资薪金纳税', en: 'taxed wages' },
      settles: ['wage'],
      answers: { wage: { kind: 'income', category: 'wage', most: monthly(100_000) } },
    },
    taxed_business: {
      name: { zh: '经营所得纳税', en: 'taxed business income' },
      settles: ['business_net'],
      answers: { business_net: { kind: 'income', category: 'business_net', most: monthly(100_000) } },
    },
  },
};
export default definition;
