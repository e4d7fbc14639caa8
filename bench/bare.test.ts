import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const BARE = fileURLToPath(new URL('bare/', import.meta.url));
const files = readdirSync(BARE, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));

/** What a file imports by a path, as seen from bench/bare; types as well. */
const pathsIn = (text: string, folder: string): string[] =>
  [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']*)'/g)].map(([, path = '']) =>
    relative(BARE, join(folder, path)),
  );

it('there are baselines', () => {
  expect(files.length).toBeGreaterThan(0);
});

it.each(files)('%s is built on nothing of ours', (name) => {
  const path = join(BARE, name);
  const outside = pathsIn(readFileSync(path, 'utf8'), dirname(path)).filter((each) => each.startsWith('..'));
  expect(outside).toEqual([]);
});

it.each([
  "import { a } from '../../src/terms/index.js';",
  "import type { A } from '../orchestration/shape.js';",
  "import '../../src/terms/index.js';",
  "const a = await import('../../test/stack.js');",
  "export * from '../measure.js';",
])('would be told of %s', (line) => {
  expect(pathsIn(line, BARE)[0]).toMatch(/^\.\./);
});
