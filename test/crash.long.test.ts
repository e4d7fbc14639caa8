import { crashSuite } from './support/crash/suite.js';

crashSuite({
  cases: 100,
  inHand: 26,
  inFlight: 20,
  each: 10,
  longestPauseMs: 12_000,
  answersWithin: [2, 20],
  repeat: 'npm run test:long -- crash',
  restWithinMs: 60_000,
  withinMs: 3_600_000,
});
