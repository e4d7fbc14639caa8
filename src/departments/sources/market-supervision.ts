import type { SourceDefinition } from '../source.js';

/** 市场监管: companies, self-employed businesses and cooperatives in somebody's name. */
const definition: SourceDefinition = {
  code: 'market_supervision',
  name: { zh: '市场监管', en: 'market supervision' },
  article: 'DIBAO-2021 art. 17; LAW-2026 art. 41',
  wire: 'callback',
  limits: { perMinute: 120, atOnce: 5 },
  items: {
    enterprises: {
      name: { zh: '市场主体登记', en: 'registered businesses' },
      settles: ['business_net', 'enterprise'],
      answers: { enterprise: { finding: 'enterprise_found' } },
    },
  },
};
export default definition;
