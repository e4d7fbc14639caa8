import { compareWithModel } from './support/model-cases.js';

/** A tenth of what model.long.test.ts runs, in the place in which more is possible. */
compareWithModel({
  numRuns: 30,
  seed: 20260302,
  place: { delegated: true, secondNotice: true },
  all: false,
});
