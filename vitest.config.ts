import { defineConfig } from 'vitest/config';

/** `unit` needs nothing but Node. `int` talks to the Postgres and the Temporal server that test/stack.ts starts once. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'test/**/*.unit.test.ts', 'bench/**/*.test.ts'],
          exclude: ['**/*.int.test.ts', '**/node_modules/**'],
          // Modules are loaded once for a process, not once for a file: half of the time went into that.
          isolate: false,
        },
      },
      {
        test: {
          name: 'int',
          include: ['src/**/*.int.test.ts', 'test/**/*.test.ts'],
          exclude: ['**/*.unit.test.ts', '**/*.long.test.ts', '**/node_modules/**'],
          globalSetup: ['test/stack.ts'],
          // Two at a time: while one waits for a timer, the other computes. Each has its own database and namespace.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'long',
          include: ['test/**/*.long.test.ts'],
          globalSetup: ['test/stack.ts'],
          fileParallelism: false,
          testTimeout: 1_800_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
