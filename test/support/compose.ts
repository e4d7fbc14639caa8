import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';

export const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
/** The image that runs `onedoor`: what follows is its arguments. */
export const PROGRAM_IMAGE = /^onedoor:/;

const service = z.object({
  image: z.string(),
  build: z.string().optional(),
  command: z.array(z.string()),
  environment: z.record(z.string(), z.string()).default({}),
  secrets: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  restart: z.string().optional(),
  read_only: z.boolean().default(false),
  cap_drop: z.array(z.string()).default([]),
  security_opt: z.array(z.string()).default([]),
  deploy: z.object({ replicas: z.int() }).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
});
const compose = z.object({
  services: z.record(z.string(), service),
  volumes: z.record(z.string(), z.null()),
  secrets: z.record(z.string(), z.strictObject({ file: z.string() })),
});

export type Service = z.output<typeof service>;
export type Compose = z.output<typeof compose>;

export const composeText = (): string => readFileSync(`${REPOSITORY}/compose.yaml`, 'utf8');

/** `compose.yaml` as Docker would read it, anchors and merges resolved. @throws {z.ZodError} for another shape */
export const readCompose = (): Compose => compose.parse(parse(composeText(), { merge: true }));

/** @throws {Error} when there is none of that name */
export function serviceOf({ services }: Compose, name: string): Service {
  const found = services[name];
  if (!found) throw new Error(`compose.yaml has no service ${name}`);
  return found;
}
