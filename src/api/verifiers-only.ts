import type { MiddlewareHandler } from 'hono';
import { DomainError } from '../terms/index.js';
import type { ApiEnv } from './auth.js';

/** Besides their own: what is the same for everybody, and a list that is empty for who reaches no case. */
const THEIRS = /^\/v1\/(verification\/.*|application-form|public-notices|publications|worklist)$/;

/** Whoever answers for a department and does nothing else here is told so, whatever they ask for and whether it exists or not. */
export const verifiersKeepToTheirDesk: MiddlewareHandler<ApiEnv> = async function keptToTheirDesk(c, next) {
  const roles = c.get('principal')?.roles ?? [];
  const only = roles.length > 0 && roles.every((role) => role === 'department_verifier');
  if (only && !THEIRS.test(c.req.path)) throw new DomainError('forbidden');
  await next();
};
