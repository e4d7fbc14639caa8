import type { PlatformConnector } from '../departments/platform-connector.js';
import { platformOf } from '../departments/platforms.js';
import type { SigningKey } from '../departments/signature.js';
import { RulebookError } from '../policy/rulebook.js';
import type { Rulebook } from '../policy/rulebook-types.js';
import { ConfigError } from './config.js';

/**
 * Every platform that some place asks through, now or at another time.
 * @throws {RulebookError} when there is no such platform, or it does not speak for a source that it is to be asked about
 */
export function platformsIn(rulebook: Rulebook): readonly string[] {
  const named = new Set<string>();
  for (const { path, values } of rulebook.places.values())
    for (const { value } of values.verification_platform ?? []) {
      const wrong = (reason: string) => new RulebookError(path, 'parameters.verification_platform', reason);
      const platform = platformOf(value.platform);
      if (!platform) throw wrong(`there is no platform ${value.platform}`);
      const foreign = value.sources.find((source) => !platform.sources.includes(source));
      if (foreign !== undefined) throw wrong(`${value.platform} does not speak for ${foreign}`);
      named.add(value.platform);
    }
  return [...named].toSorted();
}

/** A connector for each of them. @throws {ConfigError} where one has no key, {@link platformsIn} */
export function platformConnectors({
  rulebook,
  keys,
  connect,
}: {
  rulebook: Rulebook;
  keys: Readonly<Record<string, readonly SigningKey[]>>;
  connect: (to: { platform: string; signingKey: SigningKey }) => PlatformConnector;
}): Record<string, PlatformConnector> {
  const connectors = platformsIn(rulebook).map((platform) => {
    const [signingKey] = keys[platform] ?? [];
    if (!signingKey)
      throw new ConfigError(
        'ONEDOOR_WEBHOOK_KEYS',
        `holds no whsec_ secret for ${platform}, which a place asks`,
      );
    return [platform, connect({ platform, signingKey })] as const;
  });
  return Object.fromEntries(connectors);
}
