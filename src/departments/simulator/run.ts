import { readFile } from 'node:fs/promises';
import { DomainError } from '../../terms/errors.js';
import { SENDERS } from '../platforms.js';
import { isSource } from '../sources.js';
import { parseJsonBody } from '../json-body.js';
import { signingKey } from '../signature.js';
import { MAX_FILE_BYTES, profileFileSchema, registerFileSchema } from './files.js';
import { fileMemory } from './memory.js';
import { startSimulator } from './simulator.js';
import type { z } from 'zod';
import type { Source } from '../contract.js';
import type { SigningKey } from '../signature.js';
import type { SimulatorEvent } from './postman.js';
import type { Simulator } from './simulator.js';

/** `onedoor serve departments --register FILE --profile FILE --seed N --port P`, with secrets from configuration. */
export interface RunOptions {
  /** Path of a file as in `schemas/register.json`. */
  register: string;
  /** Path of a file as in `schemas/department-profile.json`. */
  profile: string;
  seed: number;
  port: number;
  host?: string;
  /** Where business time begins, in milliseconds from real time. */
  offsetMs?: number;
  /** Path of a file in which the departments keep what they know (default: they forget it with their process). */
  ledger?: string;
  /** `whsec_…` secrets per source, the signing one first. */
  signingSecrets: Readonly<Record<Source, readonly string[]>>;
  report?: (event: SimulatorEvent) => void;
}

/**
 * Reads both files and starts the simulator on the wall clock.
 * @throws {DomainError} `body_invalid` with `params.file`, `params.reason` and a pointer; the command line exits 2.
 * @throws {SigningKeyInvalid}
 */
export async function runSimulator(options: RunOptions): Promise<Simulator> {
  const { seed, port, host, offsetMs, ledger, report } = options;
  const { registers } = await readAs(registerFileSchema, options.register);
  const profiles = await readAs(profileFileSchema, options.profile);
  return startSimulator({
    registers,
    profiles,
    seed,
    port,
    ...(host === undefined ? {} : { host }),
    signingKeys: keysOf(options.signingSecrets),
    clock: { realNow: Date.now, ...(offsetMs === undefined ? {} : { offsetMs }) },
    ...(ledger === undefined ? {} : { memory: fileMemory(ledger) }),
    ...(report === undefined ? {} : { report }),
  });
}

async function readAs<T>(schema: z.ZodType<T>, path: string): Promise<T> {
  const body = await readFile(path).catch(() => {
    throw new DomainError('body_invalid', { params: { file: path, reason: 'cannot be read' } });
  });
  const parsed = parseJsonBody({ schema, body, maxBytes: MAX_FILE_BYTES });
  if (parsed.ok) return parsed.value;
  const { pointer, reason } = parsed.error;
  throw new DomainError('body_invalid', { pointer, params: { file: path, reason } });
}

type Keys = Record<Source, readonly [SigningKey, ...SigningKey[]]>;

function keysOf(secrets: RunOptions['signingSecrets']): Keys {
  const pairs = SENDERS.map((sender): [Source, readonly SigningKey[]] => {
    const keys = (secrets[sender] ?? []).map(signingKey);
    if (keys.length === 0 && isSource(sender)) throw new TypeError(`no signing key for ${sender}`);
    return [sender, keys];
  });
  return Object.fromEntries(pairs) as Keys;
}
