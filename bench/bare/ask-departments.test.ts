import { createSecretKey } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { openBareAsker } from './ask-departments.js';

const KEY = createSecretKey(Buffer.alloc(32, 1));

it('asks, and is done when the last answer has come', async () => {
  const asked: string[] = [];
  const department = createServer((request, response) => {
    asked.push(`${request.url} ${String(request.headers['webhook-id'])}`);
    response.writeHead(202).end();
    const requestId = request.headers['webhook-id'];
    void fetch(asker.url, { method: 'POST', body: JSON.stringify({ requestId }) });
  });
  await new Promise<void>((ready) => department.listen(0, '127.0.0.1', ready));
  const { port } = department.address() as AddressInfo;
  const asker = await openBareAsker(`http://127.0.0.1:${port}`, () => KEY);
  try {
    await asker.ask(['a', 'b'].map((requestId) => ({ requestId, source: 'bank', json: '{}' })));
    expect(asked.toSorted()).toEqual(['/bank/requests a', '/bank/requests b']);
  } finally {
    await asker.close();
    department.close();
    department.closeAllConnections();
  }
});
