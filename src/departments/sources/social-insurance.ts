import { monthly, type SourceDefinition } from '../source.js';

/** 人力资源社会保障: who is insured on what wage, and who is paid a pension or unemployment benefit. */
const definition: SourceDefinition = {
  code: 'social_insurance',
  name: { zh: '人力资源社会保障', en: 'human resources and social security' },
  article: 'DIBAO-2021 art. 17; LAW-2026 art. 41',
  wire: 'callback',
  limits: { perMinute: 300, atOnce: 10 },
  items: {
    contributions: {
      name: { zh: '参保缴费', en: 'contributions' },
      settles: ['wage'],
      answers: {
        wage: { kind: 'income', category: 'wage', complete: true, most: monthly(100_000) },
        contribution: 'noted',
      },
    },
    pension: {
      name: { zh: '养老金', en: 'pension' },
      settles: ['transfer_net'],
      answers: {
        transfer_net: { kind: 'income', category: 'transfer_net', complete: true, most: monthly(30_000) },
      },
    },
    unemployment_benefit: {
      name: { zh: '失业保险金', en: 'unemployment benefit' },
      settles: ['transfer_net'],
      answers: {
        transfer_net: { kind: 'income', category: 'transfer_net', complete: true, most: monthly(10_000) },
      },
    },
  },
};
export default definition;
