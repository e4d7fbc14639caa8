import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { signingKey, SigningKeyInvalid, type SigningKey } from '../departments/signature.js';
import { SOURCES, type Source } from '../terms/index.js';
import { ConfigError, type Config } from './config.js';
import { createPrivate, readIfThere } from './private-file.js';

const secrets = z.array(z.string()).min(1).max(2);
const shape = z.object({ household_register: secrets, social_insurance: secrets, bank: secrets });

/** `whsec_…` per source: one, or two while they rotate; the first signs. */
export type WebhookSecrets = Readonly<z.output<typeof shape>>;

/** From `ONEDOOR_WEBHOOK_KEYS` (JSON), else made once for a simulated installation. @throws {ConfigError} */
export async function webhookSecrets(config: Config): Promise<WebhookSecrets> {
  if (config.webhookKeys !== undefined) return parse('ONEDOOR_WEBHOOK_KEYS', config.webhookKeys);
  if (config.mode === 'production')
    throw new ConfigError('ONEDOOR_WEBHOOK_KEYS', 'is missing, and production mode needs it');
  const path = join(config.stateDir, 'webhook-keys.json');
  const made = Object.fromEntries(
    SOURCES.map((source) => [source, [`whsec_${randomBytes(32).toString('base64')}`]]),
  );
  await createPrivate(path, JSON.stringify(made, null, 2));
  return parse(path, (await readIfThere(path)) ?? '');
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

export const signingKeysOf = (found: WebhookSecrets): Record<Source, SigningKey[]> => ({
  household_register: found.household_register.map(signingKey),
  social_insurance: found.social_insurance.map(signingKey),
  bank: found.bank.map(signingKey),
});
