import { expect, it } from 'vitest';
import type { z } from 'zod';
import { submitBody } from './application.js';
import * as body from './commands.js';
import { BODY_EXAMPLES } from './examples.js';

const { application, document: _, ...acts } = BODY_EXAMPLES;

it('the example of an application is one that the door takes', () => {
  expect(submitBody.safeParse(application).error?.issues ?? []).toEqual([]);
});

it.each(Object.entries(acts) as [keyof typeof acts, unknown][])('the example of %s fits', (name, example) => {
  const schema: z.ZodType = body[name];
  expect(schema.safeParse(example).error?.issues ?? []).toEqual([]);
});
