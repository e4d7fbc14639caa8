import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withCircuit } from './circuit.js';
import { ConnectorFault } from './connector-fault.js';
import type { Accepted, Connector, Refused } from './connector.js';
import { lookupOf } from './test-support.js';

const COOLING = 30_000;
let outcomes: ('fault' | 'accepted' | 'refused')[];
let asked: number;
let connector: Connector;

beforeEach(() => {
  vi.useFakeTimers();
  [outcomes, asked] = [[], 0];
  const department = (): Promise<Accepted | Refused> => {
    asked += 1;
    const next = outcomes.shift() ?? 'accepted';
    if (next === 'fault') return Promise.reject(new ConnectorFault({ source: 'bank', fault: 'timeout' }));
    return Promise.resolve(next === 'accepted' ? { kind: 'accepted' } : { kind: 'refused', status: 404 });
  };
  connector = withCircuit({ source: 'bank', ask: department }, { faults: 3, coolingMs: COOLING });
});
afterEach(() => vi.useRealTimers());

const ask = () => connector.ask(lookupOf());
const fail = () => expect(ask()).rejects.toMatchObject({ fault: 'timeout' });
async function broken(): Promise<void> {
  outcomes = ['fault', 'fault', 'fault'];
  for (let n = 0; n < 3; n += 1) await fail();
}

describe('a department that fails again and again', () => {
  it('is left alone: nothing is sent, and it is said when to come back', async () => {
    await broken();
    await expect(ask()).rejects.toMatchObject({
      fault: 'circuit_open',
      retryable: true,
      retryAfterMs: COOLING,
    });
    expect(() => connector.ready?.()).toThrow(ConnectorFault);
    expect(asked).toBe(3);
  });

  it('is tried with one question after a while, and asked as before when that goes well', async () => {
    await broken();
    vi.advanceTimersByTime(COOLING);
    expect(() => connector.ready?.()).not.toThrow();
    expect(await ask()).toEqual({ kind: 'accepted' });
    expect(await ask()).toEqual({ kind: 'accepted' });
    expect(asked).toBe(5);
  });

  it('is left alone again when that one fails too', async () => {
    await broken();
    vi.advanceTimersByTime(COOLING);
    outcomes = ['fault'];
    await fail();
    await expect(ask()).rejects.toMatchObject({ fault: 'circuit_open' });
    expect(asked).toBe(4);
  });

  it('counts faults in a row: an answer between them, and be it a refusal, begins anew', async () => {
    outcomes = ['fault', 'fault', 'refused', 'fault', 'fault', 'accepted'];
    for (const expected of ['timeout', 'timeout', 'refused', 'timeout', 'timeout', 'accepted'])
      expect(
        await ask().then(
          ({ kind }) => kind,
          (error: ConnectorFault) => error.fault,
        ),
      ).toBe(expected);
  });
});

describe('whoever wants to know how it stands', () => {
  it('is told at the start and of every change', async () => {
    const told: string[] = [];
    const ask = (): Promise<Accepted> =>
      outcomes.shift() === 'fault'
        ? Promise.reject(new ConnectorFault({ source: 'bank', fault: 'timeout' }))
        : Promise.resolve({ kind: 'accepted' });
    const tells = (state: string): void => void told.push(state);
    const watched = withCircuit({ source: 'bank', ask }, { faults: 2, coolingMs: COOLING, tells });
    outcomes = ['fault', 'fault', 'fault', 'accepted'];
    for (let n = 0; n < 2; n += 1) await watched.ask(lookupOf()).catch(() => {});
    vi.advanceTimersByTime(COOLING);
    await watched.ask(lookupOf()).catch(() => {});
    vi.advanceTimersByTime(COOLING);
    await watched.ask(lookupOf());
    expect(told).toEqual(['closed', 'open', 'half_open', 'open', 'half_open', 'closed']);
  });
});
