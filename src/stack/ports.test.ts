import { createServer } from 'node:net';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { DependencyUnavailable } from './dependency-unavailable.js';
import { freePort, onFreePort, PortTaken } from './ports.js';

test('a free port can be listened on at once', async () => {
  const port = await freePort();
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  expect(server.address()).toMatchObject({ address: '127.0.0.1', port });
  server.close();
});

test('ports asked for together differ', async () => {
  const ports = await Promise.all(Array.from({ length: 20 }, freePort));
  expect(new Set(ports).size).toBe(20);
});

describe('something that is started on a free port', () => {
  const startWith = (outcomes: readonly (Error | 'serves')[]) => {
    const ports: number[] = [];
    const started = onFreePort((port) => {
      const outcome = outcomes[ports.length] ?? 'serves';
      ports.push(port);
      return outcome === 'serves' ? Promise.resolve(port) : Promise.reject(outcome);
    });
    return { ports, started };
  };

  test('gets another one when the first was taken in between', async () => {
    const { ports, started } = startWith([new PortTaken('taken'), new PortTaken('taken')]);
    expect(await started).toBe(ports[2]);
    expect(ports).toHaveLength(3);
  });

  test('gives up when that happens again and again, and at once when something else is wrong', async () => {
    const again = startWith(Array.from({ length: 9 }, () => new PortTaken('taken')));
    await expect(again.started).rejects.toThrow(PortTaken);
    expect(again.ports).toHaveLength(4);
    const broken = startWith([new DependencyUnavailable('broken')]);
    await expect(broken.started).rejects.toThrow('broken');
    expect(broken.ports).toHaveLength(1);
  });
});
