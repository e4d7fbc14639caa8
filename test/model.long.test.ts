import { describe } from 'vitest';
import { compareWithModel } from './support/model-cases.js';

describe('where the county confirms', () => {
  compareWithModel({
    numRuns: 200,
    seed: 20260226,
    place: { delegated: false, secondNotice: false },
    all: true,
  });
});

describe('where the township confirms, and an opinion hangs again after an objection', () => {
  compareWithModel({
    numRuns: 200,
    seed: 20260227,
    place: { delegated: true, secondNotice: true },
    all: true,
  });
});
