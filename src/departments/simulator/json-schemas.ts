import { z } from 'zod';
import { profileFileSchema, registerFileSchema } from './files.js';

const published = (title: string, schema: z.ZodType): object => ({
  title,
  ...z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12' }),
});

/** The JSON schemas of the simulator's files, by the name of the file in `schemas/` that publishes each. */
export const departmentJsonSchemas = (): Readonly<Record<string, object>> => ({
  'register.json': published('Registers of the simulated departments', registerFileSchema),
  'department-profile.json': published('Behaviour of the simulated departments', profileFileSchema),
});
