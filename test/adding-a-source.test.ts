import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
const FILE = 'src/departments/sources/education.ts';
let copy: string;

/** The project as somebody has it who followed docs/adding-a-connector.md: with one file more, and nothing else. */
beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'thirteenth-'));
  for (const part of ['src', 'policy', 'drizzle', 'test/support', 'package.json', 'tsconfig.json'])
    await cp(join(root, part), join(copy, part), { recursive: true });
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
  const page = await readFile(join(root, 'docs/adding-a-connector.md'), 'utf8');
  expect(page).toContain(`Save this as \`${FILE}\``);
  await writeFile(join(copy, FILE), /```ts\n([^]*?)```/.exec(page)?.[1] ?? '');
});
afterAll(() => rm(copy, { recursive: true, force: true }));

describe('a thirteenth source, as the page says', () => {
  it('is asked what the rule needs, and its answer is weighed, doubted and shown', async () => {
    const { stdout } = await run(process.execPath, ['--import', 'tsx', 'test/support/thirteenth-walk.ts'], {
      cwd: copy,
    });
    expect(JSON.parse(stdout)).toEqual({
      name: '教育',
      // Of the one who signed a text that names them.
      items: [['enrolment', 'grants']],
      facts: [{ source: 'education', category: 'transfer_net', amountFen: 300_000 }],
      // The household declared no grant, and its deposit was not found; the nine others it let nobody ask.
      raised: [
        'contradiction',
        'contradiction',
        'left_school_found',
        'no_lookup_possible',
        'no_lookup_possible',
      ],
    });
  });

  it('is refused where the file says something that cannot be', async () => {
    const wrong = join(copy, 'src/departments/sources/second-bank.ts');
    const bank = await readFile(join(root, 'src/departments/sources/bank.ts'), 'utf8');
    await writeFile(wrong, bank.replace("'bank'", "'second_bank'"));
    const starting = run(process.execPath, ['--import', 'tsx', 'src/departments/sources.ts'], { cwd: copy });
    await expect(starting).rejects.toThrow('second_bank: item deposits is another source’s already');
    await rm(wrong);
  });
});
