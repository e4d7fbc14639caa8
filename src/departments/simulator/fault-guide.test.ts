import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { FAULT_GUIDE, FAULT_TESTS, faultGuidePage } from './fault-guide.js';
import { FAULT_CODES, FAULTS } from './faults.js';

const root = new URL('../../../', import.meta.url);
const file = new URL('docs/department-faults.md', root);

/** `UPDATE_DOCS=1 npx vitest run --project unit src/departments/simulator/fault-guide.test.ts` writes it anew. */
describe('docs/department-faults.md', () => {
  it('is what the code says', async () => {
    if (process.env['UPDATE_DOCS'] === '1') await writeFile(file, faultGuidePage());
    expect(await readFile(file, 'utf8')).toBe(faultGuidePage());
  });

  it.each(FAULT_CODES)('has a row for %s', (fault) => {
    const rows = faultGuidePage()
      .split('\n')
      .filter((line) => line.startsWith(`| \`${fault}\` |`));
    expect(rows).toHaveLength(1);
    expect(rows[0]).toContain(FAULTS[fault].zh);
    expect(rows[0]?.split(' | ')).toHaveLength(7);
  });

  it.each(['taking', 'answering', 'polling', 'batch', 'reporting'] as const)(
    'names tests that are there, for what acts in %s',
    async (acts) => {
      for (const path of Object.values(FAULT_TESTS[acts])) {
        const source = await readFile(new URL(path, root), 'utf8');
        const named = (fault: string): boolean =>
          source.includes(`'${fault}'`) || source.includes(`'${fault}: `);
        expect(FAULT_CODES.filter((fault) => FAULTS[fault].acts === acts && !named(fault))).toEqual([]);
      }
    },
  );

  it('leaves nobody without a next step: what is not answered is a task', () => {
    const left = FAULT_CODES.filter((fault) => FAULT_GUIDE[fault].ends !== 'answered');
    expect(left.filter((fault) => FAULT_GUIDE[fault].task === null)).toEqual([]);
  });
});
