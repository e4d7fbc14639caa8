import { crashSuite } from './support/crash/suite.js';

crashSuite({
  cases: 20,
  inHand: 10,
  inFlight: 5,
  each: 2,
  longestPauseMs: 1_200,
  answersWithin: [1, 8],
  // At these the long run lets processes die; test/failpoints.test.ts cuts a case short at each.
  failpoints: [],
  repeat: 'npx vitest run --project long test/crash-small.long.test.ts',
  // Beside other tests: whether a minute is enough, the long run says.
  restWithinMs: 150_000,
  withinMs: 600_000,
});
