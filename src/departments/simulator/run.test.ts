import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SigningKeyInvalid } from '../signature.js';
import { SOURCES } from '../sources.js';
import { secretOf } from '../test-support.js';
import { runSimulator } from './run.js';

const signingSecrets = {
  ...Object.fromEntries(SOURCES.map((source) => [source, [secretOf('x')]])),
  household_register: [secretOf('h')],
  social_insurance: [secretOf('s')],
  bank: [secretOf('b'), secretOf('c')],
};
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'departments-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function run(register: unknown, profile: unknown, changes: object = {}) {
  const paths = [join(folder, 'register.json'), join(folder, 'profile.json')] as const;
  await writeFile(paths[0], typeof register === 'string' ? register : JSON.stringify(register));
  await writeFile(paths[1], JSON.stringify(profile));
  return runSimulator({
    register: paths[0],
    profile: paths[1],
    seed: 1,
    port: 0,
    signingSecrets,
    ...changes,
  });
}

describe('runSimulator', () => {
  it('reads both files and serves', async () => {
    const simulator = await run({ registers: { bank: [] } }, { $schema: 'x', bank: { kind: 'silent' } });
    const response = await fetch(`${simulator.url}/clock`);
    expect(await response.json()).toMatchObject({ nextDueAt: null, pending: 0, offsetMs: 0 });
    await simulator.stop();
    await expect(fetch(`${simulator.url}/livez`)).rejects.toThrow();
  });

  it('says that a port is taken', async () => {
    const first = await run({ registers: {} }, {});
    const port = Number(new URL(first.url).port);
    await expect(run({ registers: {} }, {}, { port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await first.stop();
  });

  it.each([
    [
      'a register that does not fit',
      { registers: { bank: [{}] } },
      {},
      '/registers/bank/0/idNumber',
      'register.json',
    ],
    ['a register that is no JSON', '{', {}, '', 'register.json'],
    ['a profile that does not fit', { registers: {} }, { bank: { kind: 'x' } }, '/bank/kind', 'profile.json'],
  ])('names file and place of %s', async (_, register, profile, pointer, file) => {
    await expect(run(register, profile)).rejects.toMatchObject({
      code: 'body_invalid',
      pointer,
      params: { file: join(folder, file) },
    });
  });

  it('names a file that is not there', async () => {
    const register = join(folder, 'nowhere.json');
    await expect(run({ registers: {} }, {}, { register })).rejects.toMatchObject({
      params: { file: register },
    });
  });

  it('refuses to start without proper keys', async () => {
    const start = (bank: string[]) =>
      run({ registers: {} }, {}, { signingSecrets: { ...signingSecrets, bank } });
    await expect(start(['secret'])).rejects.toThrow(SigningKeyInvalid);
    await expect(start([])).rejects.toThrow(TypeError);
  });
});
