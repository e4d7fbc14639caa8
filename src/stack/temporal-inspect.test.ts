import { describe, expect, test } from 'vitest';
import { DependencyUnavailable } from './dependency-unavailable.js';
import { requireTimeSkipping } from './temporal-inspect.js';

describe('requireTimeSkipping', () => {
  const address = 'temporal.example:7233';
  test('accepts a new server that skips', () => {
    requireTimeSkipping({ address, serverVersion: '1.32.0', timeSkipping: true });
  });

  test.each([
    ['1.31.2', true, /temporal\.example:7233 \(version 1\.31\.2\) is older than 1\.32/],
    ['1.31.2', false, /is older than 1\.32/],
    ['1.33.0', false, /temporal\.example:7233 \(version 1\.33\.0\) does not skip time/],
  ])('names server %s with skipping %s', (serverVersion, timeSkipping, message) => {
    const require = () => {
      requireTimeSkipping({ address, serverVersion, timeSkipping });
    };
    expect(require).toThrow(DependencyUnavailable);
    expect(require).toThrow(message);
  });
});
