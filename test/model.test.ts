import { compareWithModel } from './support/model-cases.js';

/** A tenth of what model.long.test.ts runs. */
compareWithModel({ numRuns: 20, seed: 20260225, all: false });
