import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { ConnectionLost } from '../casefile/lasting-socket.js';
import { surviveLostConnections } from './lost-connections.js';

describe('a rejection that nobody hears', () => {
  const events = new EventEmitter();
  const reported: string[] = [];
  surviveLostConnections((code) => reported.push(code), events);

  it('is a line in the log when Postgres went away', () => {
    events.emit('unhandledRejection', new ConnectionLost());
    expect(reported).toEqual(['ConnectionLost']);
  });

  it('ends the process when it is anything else', () => {
    expect(() => events.emit('unhandledRejection', new Error('a defect'))).toThrow('a defect');
    expect(reported).toHaveLength(1);
  });
});
