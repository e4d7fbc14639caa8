import { expect, it, vi, afterEach, beforeEach } from 'vitest';
import { ConnectorFault } from '../departments/connector-fault.js';
import { createFileRounds } from './file-rounds.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('visits every source, ever more rarely the one that has nothing whole, and stops', async () => {
  const visits: Record<string, number> = { good: 0, half: 0, down: 0 };
  const reported: string[] = [];
  const rounds = createFileRounds({
    sources: Object.keys(visits),
    everyMs: 60_000,
    visit: (source) => {
      visits[source] = (visits[source] ?? 0) + 1;
      if (source === 'down') return Promise.reject(new ConnectorFault({ source, fault: 'unreachable' }));
      return Promise.resolve(source === 'half' ? 1 : 0);
    },
    report: (code, source) => void reported.push(`${source} ${code}`),
  });
  const stopping = new AbortController();
  const running = rounds.run(stopping.signal);
  await vi.advanceTimersByTimeAsync(31 * 60_000);
  expect(visits).toEqual({ good: 32, half: 5, down: 5 });
  expect(new Set(reported)).toEqual(new Set(['down unreachable']));
  await vi.advanceTimersByTimeAsync(24 * 3_600_000);
  expect(visits['half']).toBeLessThan(5 + 12 + 24);
  expect(visits['half']).toBeGreaterThan(5 + 20);
  stopping.abort();
  await running;
  const after = { ...visits };
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(visits).toEqual(after);
});
