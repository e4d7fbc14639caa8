import type { ApplicationBodies } from '../../terms/index.js';

/** The API has checked the body against the schema of its command before it was stored. */
export const bodyOf = <K extends keyof ApplicationBodies>(_command: K, body: unknown): ApplicationBodies[K] =>
  body as ApplicationBodies[K];
