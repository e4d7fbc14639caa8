import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { departmentJsonSchemas } from './json-schemas.js';

const folder = new URL('../../../schemas/', import.meta.url);
const update = process.env['UPDATE_SCHEMAS'] === '1';

/** `UPDATE_SCHEMAS=1 npx vitest run --project unit src/departments/simulator/json-schemas.test.ts` writes them anew. */
describe('schemas/', () => {
  it.each(Object.entries(departmentJsonSchemas()))('%s is what the code reads', async (name, schema) => {
    const file = new URL(name, folder);
    if (update) {
      const { format } = await import('prettier');
      await mkdir(folder, { recursive: true });
      await writeFile(file, await format(JSON.stringify(schema), { parser: 'json', printWidth: 110 }));
    }
    const published: unknown = JSON.parse(await readFile(file, 'utf8'));
    expect(published).toEqual(JSON.parse(JSON.stringify(schema)));
  });

  it('tells an editor which items belong to which source', () => {
    const text = JSON.stringify(departmentJsonSchemas()['register.json']);
    expect(text).toContain('"enum":["deposits"]');
    expect(text).toContain('"enum":["hukou","members","death","vehicles"]');
  });
});
