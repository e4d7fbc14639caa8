import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { historyFrom } from '../../test/support/history-file.js';
import { tally } from './tally.js';

const text = readFileSync(
  fileURLToPath(new URL('../../test/histories/application/straight-3.json', import.meta.url)),
  'utf8',
);

it('counts events, and the simulated clock’s apart', () => {
  const once = tally([historyFrom(text)]);
  const written = text.split('\n').filter((line) => line.includes('"eventId"'));
  const simulated = written.filter((line) => /_OPTIONS_UPDATED"|_TIME_SKIPPING_TRANSITIONED"/.test(line));
  expect(simulated.length).toBeGreaterThan(0);
  expect(once.simulatedEvents).toBe(simulated.length);
  expect(once.events).toBe(written.length - simulated.length);
  expect(once.bytes).toBeGreaterThan(1_000);
});

it('sums over a chain of runs', () => {
  const history = historyFrom(text);
  expect(tally([history, history]).bytes).toBe(2 * tally([history]).bytes);
});
