import type { Source } from '../terms/codes.js';
import { definitionsIn, SourceInvalid } from './definitions.js';
import type { PlatformDefinition } from './platform.js';
import { isSource, SOURCES } from './sources.js';

/** Every file of `platforms/` is a platform. In the order of their names. */
export const PLATFORM_BOOK: readonly PlatformDefinition[] = (
  await definitionsIn<PlatformDefinition>(new URL('./platforms/', import.meta.url), 'platform')
).map(checkedPlatform);
export const PLATFORMS: readonly string[] = PLATFORM_BOOK.map(({ code }) => code);
export const isPlatform = (text: string): boolean => PLATFORMS.includes(text);

/** Everybody who signs what they send, sources first. */
export const SENDERS: readonly string[] = [...SOURCES, ...PLATFORMS];

export const platformOf = (code: string): PlatformDefinition | undefined =>
  PLATFORM_BOOK.find((each) => each.code === code);

/** Whether a platform has anything to say about this source. */
export const speaksFor = (platform: string, source: Source): boolean =>
  platformOf(platform)?.sources.includes(source) ?? false;

/** @throws {SourceInvalid} */
export function checkedPlatform(definition: PlatformDefinition): PlatformDefinition {
  const { code, sources } = definition;
  const wrong = (reason: string) => new SourceInvalid(`${code}: ${reason}`);
  if (isSource(code)) throw wrong('is the code of a source already');
  if (sources.length === 0) throw wrong('speaks for nobody');
  if (new Set(sources).size < sources.length) throw wrong('names a source twice');
  const unknown = sources.find((source) => !isSource(source));
  if (unknown !== undefined) throw wrong(`there is no source ${unknown}`);
  return definition;
}
