import { compareWithModel } from './support/model-cases.js';

compareWithModel({ numRuns: 200, seed: 20260226, all: true });
