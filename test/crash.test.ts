import { crashSuite } from './support/crash/suite.js';

crashSuite({
  cases: 20,
  inHand: 20,
  inFlight: 8,
  each: 2,
  longestPauseMs: 1_200,
  answersWithin: [1, 12],
  failpoints: ['lookup.after_send', 'callback.after_commit'],
  repeat: 'npx vitest run --project int test/crash.test.ts',
  withinMs: 240_000,
});
