import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseRulebook } from '../policy/rulebook.js';
import type { Rulebook } from '../policy/rulebook-types.js';
import { platformsIn } from './platform-connectors.js';

const POLICY = fileURLToPath(new URL('../../policy', import.meta.url));

/** Reads `policy/`, and holds what it says of platforms against those that there are. @throws {RulebookError} naming file, place in it and reason; it stops the start */
export function readRulebook(directory = POLICY): Rulebook {
  const texts: Record<string, string> = {};
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.yaml')) continue;
    const path = join(entry.parentPath, entry.name);
    texts[relative(directory, path).split(sep).join('/')] = readFileSync(path, 'utf8');
  }
  const rulebook = parseRulebook(texts, (text) => createHash('sha256').update(text).digest('hex'));
  platformsIn(rulebook);
  return rulebook;
}
