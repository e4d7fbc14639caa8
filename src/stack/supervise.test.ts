import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import type { Exit } from './server-process.js';
import { Interrupted, createSupervisor } from './supervise.js';
import type { Supervised } from './supervise.js';

interface Fake extends Supervised {
  end(exit: Exit): void;
}

/** A process that notes its stop; `end` lets it end by itself. */
function fake(name: string, stops: string[], fails = false): Fake {
  let end: (exit: Exit) => void = () => {};
  const exited = new Promise<Exit>((resolve) => {
    end = resolve;
  });
  const stop = async (): Promise<void> => {
    stops.push(name);
    if (fails) throw new Error(`${name} stays`);
    end({ code: 0, signal: null });
  };
  return { name, exited, stop, end };
}

function setUp() {
  const said: string[] = [];
  const signals = new EventEmitter();
  const supervisor = createSupervisor({ say: (line) => said.push(line), signals });
  return { said, signals, supervisor, stops: [] as string[] };
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('%s stops the newest first, and is said', async (signal) => {
  const { said, signals, supervisor, stops } = setUp();
  for (const name of ['postgres', 'temporal', 'api']) supervisor.keep(fake(name, stops));
  signals.emit(signal, signal);
  signals.emit(signal, signal);
  expect(await supervisor.stopBegun).toEqual({ kind: 'signal', signal });
  await supervisor.stop();
  expect(stops).toEqual(['api', 'temporal', 'postgres']);
  expect(said).toEqual([`stopping: received ${signal}`]);
});

test('a process that ends by itself stops the others', async () => {
  const { said, supervisor, stops } = setUp();
  const worker = supervisor.keep(fake('worker', stops));
  supervisor.keep(fake('api', stops));
  worker.end({ code: null, signal: 'SIGKILL' });
  expect(await supervisor.stopBegun).toEqual({ kind: 'ended', name: 'worker', how: 'by SIGKILL' });
  await supervisor.stop();
  expect(stops).toEqual(['api', 'worker']);
  expect(said).toEqual(['stopping: worker ended by itself, by SIGKILL']);
});

test('a signal during the start aborts what waits', () => {
  const { signals, supervisor } = setUp();
  expect(supervisor.stopping.aborted).toBe(false);
  signals.emit('SIGINT', 'SIGINT');
  expect(() => {
    supervisor.stopping.throwIfAborted();
  }).toThrow(Interrupted);
});

test('what is kept after the stop has begun is stopped too', async () => {
  const { signals, supervisor, stops } = setUp();
  signals.emit('SIGTERM', 'SIGTERM');
  supervisor.keep(fake('late', stops));
  await supervisor.stop();
  expect(stops).toEqual(['late']);
});

test('the end of the work is not a reason to speak, and gives back the signals', async () => {
  const { said, signals, supervisor, stops } = setUp();
  supervisor.keep(fake('api', stops));
  await supervisor.stop();
  await supervisor.stop();
  expect(await supervisor.stopBegun).toEqual({ kind: 'done' });
  expect(said).toEqual([]);
  expect(signals.eventNames()).toEqual([]);
});

test('one that cannot be stopped does not keep the others alive, and is reported', async () => {
  const { supervisor, stops } = setUp();
  for (const [name, fails] of [
    ['postgres', false],
    ['temporal', true],
    ['api', false],
  ] as const)
    supervisor.keep(fake(name, stops, fails));
  const failure = await supervisor.stop().catch((error: unknown) => error);
  expect(stops).toEqual(['api', 'temporal', 'postgres']);
  expect(failure).toMatchObject({ errors: [new Error('temporal stays')] });
});
