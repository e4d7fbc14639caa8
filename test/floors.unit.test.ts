import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** An import that the floors forbid, by the file that tries it. */
const FORBIDDEN: readonly (readonly [file: string, line: string])[] = [
  ['src/terms/a.ts', "import { meansTest } from '../policy/means-test.js';"],
  ['src/terms/b.ts', "import { z } from 'zod';"],
  ['src/policy/a.ts', "import { record } from '../casefile/record.js';"],
  ['src/policy/b.ts', "import { readFileSync } from 'node:fs';"],
  ['src/casefile/a.ts', "import { createApi } from '../api/app.js';"],
  ['src/departments/a.ts', "import { inCasefile } from '../casefile/tx.js';"],
  ['src/activities/a.ts', "import { application } from '../workflows/application.js';"],
  ['src/activities/b.ts', "import { createHttpConnector } from '../departments/connector.js';"],
  ['src/activities/e.ts', "import { createPlatformConnector } from '../departments/platform-connector.js';"],
  ['src/activities/c.ts', "import { eq } from 'drizzle-orm';"],
  ['src/workflows/a.ts', "import { createDeskActivities } from '../activities/desk.js';"],
  ['src/workflows/b.ts', "import { createHash } from 'node:crypto';"],
  ['src/workflows/c.ts', "import { parseRulebook } from '../policy/rulebook.js';"],
  ['src/api/a.ts', "import { Client } from '@temporalio/client';"],
  ['src/api/b.ts', "import { createDeskActivities } from '../activities/desk.js';"],
  ['src/stack/a.ts', "import { say } from '../cli/output.js';"],
  ['demo/a.ts', "import { fen } from '../src/terms/fen.js';"],
  ['demo/b.ts', "import { z } from 'zod';"],
];
const ALLOWED: readonly (readonly [file: string, line: string])[] = [
  ['src/workflows/d.ts', "import type { DeskActivities } from '../activities/desk.js';"],
  ['src/workflows/e.ts', "import { APPLICATION } from '../policy/application.js';"],
  ['src/activities/d.ts', "import { inCasefile } from '../casefile/tx.js';"],
  ['src/api/c.ts', "import { verifySignature } from '../departments/signature.js';"],
  ['demo/c.ts', "import { readFile } from 'node:fs/promises';"],
];

let house: string;
let complaints: Set<string>;
beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'onedoor-floors-'));
  cpSync(join(ROOT, '.oxlintrc.json'), join(house, '.oxlintrc.json'));
  for (const [file, line] of [...FORBIDDEN, ...ALLOWED]) {
    mkdirSync(dirname(join(house, file)), { recursive: true });
    const name = /\{ (\w+) \}/.exec(line)?.[1] ?? '';
    writeFileSync(
      join(house, file),
      `${line}\nexport ${line.startsWith('import type') ? 'type Used' : 'const used'} = ${name};\n`,
    );
  }
  const { stdout } = spawnSync(join(ROOT, 'node_modules/.bin/oxlint'), ['--format', 'json', '.'], {
    cwd: house,
    encoding: 'utf8',
  });
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] };
  complaints = new Set(
    diagnostics.filter(({ code }) => code.includes('no-restricted-imports')).map(({ filename }) => filename),
  );
});
afterAll(() => rmSync(house, { recursive: true, force: true }));

it.each(FORBIDDEN)('%s may not: %s', (file) => {
  expect([...complaints]).toContain(file);
});

it.each(ALLOWED)('%s may: %s', (file) => {
  expect([...complaints]).not.toContain(file);
});
