import type { SourceDefinition } from '../source.js';

/** 民政: its own registers. Marriage, cremation, and what somebody is paid already. */
const definition: SourceDefinition = {
  code: 'civil_affairs',
  name: { zh: '民政', en: 'civil affairs' },
  article: 'NOTICE-2022 section 3 (2); LAW-2026 art. 41',
  wire: 'callback',
  limits: { perMinute: 600, atOnce: 20 },
  items: {
    marriage: {
      name: { zh: '婚姻登记', en: 'marriage' },
      settles: ['membership'],
      answers: { married: { finding: 'marriage_found' }, divorced: 'noted', not_married: 'noted' },
    },
    cremation: {
      name: { zh: '殡葬火化', en: 'cremation' },
      settles: ['alive'],
      answers: { cremated: { finding: 'death_reported' } },
    },
    other_aid: {
      name: { zh: '其他救助', en: 'other assistance' },
      settles: ['other_aid'],
      answers: { aid_in_payment: { finding: 'other_aid_found' } },
    },
  },
};
export default definition;
