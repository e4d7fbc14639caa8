import type { SourceDefinition } from '../source.js';

/** 公安: the household register, its cancellations, and the register of motor vehicles. */
const definition: SourceDefinition = {
  code: 'household_register',
  name: { zh: '公安户籍', en: 'public security' },
  article: 'DIBAO-2021 art. 17; LAW-2026 art. 41',
  wire: 'callback',
  limits: { perMinute: 600, atOnce: 20 },
  items: {
    hukou: { name: { zh: '户口', en: 'hukou' }, settles: ['membership'], answers: { hukou: 'noted' } },
    members: {
      name: { zh: '同户人员', en: 'persons of the same hukou' },
      settles: ['membership'],
      answers: { member: 'noted' },
    },
    death: {
      name: { zh: '死亡注销', en: 'cancelled because of death' },
      settles: ['alive'],
      answers: { death: { finding: 'death_reported' } },
    },
    vehicles: {
      name: { zh: '机动车登记', en: 'motor vehicles' },
      settles: ['vehicle'],
      since: '2026-02',
      answers: { vehicle: { finding: 'vehicle_found' } },
    },
  },
};
export default definition;
