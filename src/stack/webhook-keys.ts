import { createHmac, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { SENDERS } from '../departments/platforms.js';
import { signingKey, SigningKeyInvalid, type SigningKey } from '../departments/signature.js';
import { SOURCES } from '../departments/sources.js';
import type { Source } from '../terms/index.js';
import { ConfigError, type Config } from './config.js';
import { createPrivate, readIfThere } from './private-file.js';

const shape = z.record(z.string(), z.array(z.string()).min(1).max(2));

/** `whsec_…` per source and platform: one, or two while they rotate; the first signs. */
export type WebhookSecrets = Readonly<Record<Source, readonly string[]>>;

/** From `ONEDOOR_WEBHOOK_KEYS` (JSON), else made once for a simulated installation. @throws {ConfigError} */
export async function webhookSecrets(config: Config): Promise<WebhookSecrets> {
  if (config.webhookKeys !== undefined) return whole(parse('ONEDOOR_WEBHOOK_KEYS', config.webhookKeys));
  if (config.mode === 'production')
    throw new ConfigError('ONEDOOR_WEBHOOK_KEYS', 'is missing, and production mode needs it');
  const path = join(config.stateDir, 'webhook-keys.json');
  const made = Object.fromEntries(
    SENDERS.map((sender) => [sender, [`whsec_${randomBytes(32).toString('base64')}`]]),
  );
  await createPrivate(path, JSON.stringify(made, null, 2));
  return withNewSources(parse(path, (await readIfThere(path)) ?? ''));
}

function parse(variable: string, text: string): WebhookSecrets {
  try {
    const found = shape.parse(JSON.parse(text));
    for (const secret of Object.values(found).flat()) signingKey(secret);
    return found;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError || error instanceof SigningKeyInvalid)
      throw new ConfigError(variable, 'must hold, as JSON, one or two whsec_ secrets for each source');
    throw error;
  }
}

/** Whoever asks through no platform needs no key for one; where a place does, the worker says so. */
function whole(found: WebhookSecrets): WebhookSecrets {
  const missing = SOURCES.filter((source) => !found[source]);
  if (missing.length === 0) return found;
  throw new ConfigError('ONEDOOR_WEBHOOK_KEYS', `holds no whsec_ secret for ${missing.join(', ')}`);
}

/**
 * A simulated installation may be older than one of its sources or platforms. Its keys come from those that are there, so that all
 * processes, started together, have the same ones without writing.
 */
function withNewSources(found: WebhookSecrets): WebhookSecrets {
  const seed = JSON.stringify(Object.entries(found).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  const derived = (source: Source): string =>
    `whsec_${createHmac('sha256', seed).update(source).digest('base64')}`;
  return Object.fromEntries(SENDERS.map((sender) => [sender, found[sender] ?? [derived(sender)]]));
}

export const signingKeysOf = (found: WebhookSecrets): Record<Source, SigningKey[]> =>
  Object.fromEntries(Object.entries(found).map(([source, secrets]) => [source, secrets.map(signingKey)]));
