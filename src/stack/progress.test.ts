import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { withHeartbeat } from './progress.js';

test('speaks while the work lasts, and not after it', async () => {
  const said: string[] = [];
  const say = (line: string): void => {
    said.push(line);
  };
  expect(await withHeartbeat(say, 'still fetching', () => sleep(120, 'result'), 50)).toBe('result');
  expect(said).toEqual(['… still fetching, 0 s', '… still fetching, 0 s']);
  await expect(withHeartbeat(say, 'x', () => Promise.reject(new Error('broken')), 10)).rejects.toThrow(
    'broken',
  );
  await sleep(60);
  expect(said).toHaveLength(2);
});
