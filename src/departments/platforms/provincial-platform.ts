import type { PlatformDefinition } from '../platform.js';

/**
 * 省级居民家庭经济状况核对平台: the county sends it what it wants to know about a person, it asks the departments of the
 * province and of the ministries, and reports once. Payment institutions answer for themselves.
 */
const definition: PlatformDefinition = {
  code: 'provincial_platform',
  name: { zh: '省级核对平台', en: 'provincial verification platform' },
  article: 'DIBAO-2021 art. 17; LAW-2026 art. 41',
  limits: { perMinute: 300, atOnce: 10 },
  sources: [
    'bank',
    'civil_affairs',
    'disabled_federation',
    'household_register',
    'housing_fund',
    'insurance',
    'market_supervision',
    'real_estate',
    'securities',
    'social_insurance',
    'tax',
  ],
};
export default definition;
