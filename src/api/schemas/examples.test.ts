import { expect, it } from 'vitest';
import type { z } from 'zod';
import { submitBody } from './application.js';
import * as branch from './branches.js';
import * as body from './commands.js';
import { BODY_EXAMPLES } from './examples.js';
import * as oversight from './oversight.js';
import * as verification from './verification.js';

const { application, document: _, ...acts } = BODY_EXAMPLES;

it('the example of an application is one that the door takes', () => {
  expect(submitBody.safeParse(application).error?.issues ?? []).toEqual([]);
});

const schemas: ReadonlyMap<string, z.ZodType> = new Map(
  Object.entries({ ...body, ...branch, ...oversight, ...verification }),
);

it.each(Object.entries(acts))('the example of %s fits', (name, example) => {
  const schema = schemas.get(name);
  if (!schema) throw new Error(`no schema is called ${name}`);
  expect(schema.safeParse(example).error?.issues ?? []).toEqual([]);
});
