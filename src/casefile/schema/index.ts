export * from './registry.js';
export * from './case.js';
export * from './people.js';
export * from './evidence.js';
export * from './earlier-reports.js';
export * from './decision.js';
export * from './oversight.js';
export * from './access.js';
