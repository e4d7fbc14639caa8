import type { SourceDefinition } from '../source.js';

/** 自然资源: registered real estate, and sales signed online. How many homes count is for a person to say. */
const definition: SourceDefinition = {
  code: 'real_estate',
  name: { zh: '自然资源（不动产登记）', en: 'natural resources (real estate)' },
  article: 'DIBAO-2021 art. 17; LAW-2026 art. 41',
  wire: 'callback',
  limits: { perMinute: 120, atOnce: 5 },
  items: {
    registered_homes: {
      name: { zh: '不动产登记', en: 'registered real estate' },
      settles: ['home'],
      answers: { home: { finding: 'home_found' } },
    },
    sale_contracts: {
      name: { zh: '网签合同', en: 'sales signed online' },
      settles: ['home'],
      answers: { sale_contract: { finding: 'home_found' } },
    },
  },
};
export default definition;
