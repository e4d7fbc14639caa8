import type { SourceDefinition } from '../source.js';

/** 残联: whether somebody holds a certificate, and of which type and grade (DIBAO-2021 art. 8). */
const definition: SourceDefinition = {
  code: 'disabled_federation',
  name: { zh: '残疾人联合会', en: 'disabled persons’ federation' },
  article: 'MON-2023 section 5 (2); LAW-2026 art. 41',
  wire: 'batch',
  // Questions that wait for each other to leave as one file.
  limits: { perMinute: 6_000, atOnce: 200 },
  items: {
    disability: {
      name: { zh: '残疾人证', en: 'disability certificate' },
      settles: ['disability'],
      answers: { certificate: 'noted' },
    },
  },
};
export default definition;
