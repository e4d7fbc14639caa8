import type { Context, MiddlewareHandler } from 'hono';
import { errors as joseErrors, jwtVerify } from 'jose';
import { staffBySubject, type Grant } from '../casefile/divisions.js';
import { inCasefile, type Tx } from '../casefile/tx.js';
import { dateAt, DomainError, type Instant, type PlainDate, type Role } from '../terms/index.js';
import type { ApiDeps } from './ports.js';

/** Who asks, on which business day, with which roles. Grants are read at each request, so a revoked one ends at once. */
export interface Principal {
  readonly staffId: string;
  readonly grants: readonly Grant[];
  readonly roles: readonly Role[];
  readonly at: Instant;
  readonly today: PlainDate;
}

export interface ApiEnv {
  Variables: { principal: Principal; traceId: string };
}

/** The issuer's keys could not be had: its fault, not the caller's. */
const ISSUER_AWAY = ['ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID', 'ERR_JOSE_GENERIC'];
const ALGORITHMS = ['ES256', 'ES384', 'RS256', 'PS256', 'EdDSA'];

/** Bearer token → JWKS → staff → grants. @throws {DomainError} `unauthenticated` */
export function authenticate(deps: ApiDeps): MiddlewareHandler<ApiEnv> {
  return async function authenticated(c, next) {
    const token = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
    if (!token) throw new DomainError('unauthenticated');
    c.set('principal', await principalOf(deps, await subjectOf(deps, token)));
    await next();
  };
}

async function subjectOf({ auth }: ApiDeps, token: string): Promise<string> {
  try {
    const { payload } = await jwtVerify(token, auth.keys, {
      issuer: auth.issuer,
      audience: auth.audience,
      algorithms: ALGORITHMS,
      requiredClaims: ['sub', 'exp'],
    });
    if (typeof payload.sub === 'string' && payload.sub !== '') return payload.sub;
  } catch (error) {
    if (error instanceof joseErrors.JOSEError && ISSUER_AWAY.includes(error.code))
      throw new DomainError('dependency_unavailable');
    if (!(error instanceof joseErrors.JOSEError)) throw error;
  }
  throw new DomainError('unauthenticated');
}

async function principalOf({ casefile, clock }: ApiDeps, subject: string): Promise<Principal> {
  const at = await clock.now();
  const today = dateAt(at);
  const found = await staffBySubject(casefile, subject, today);
  if (!found) throw new DomainError('unauthenticated');
  return { ...found, roles: [...new Set(found.grants.map((grant) => grant.role))], at, today };
}

/** A transaction under the rights of whoever asks. */
export const asPrincipal = <T>(
  deps: ApiDeps,
  c: Context<ApiEnv>,
  work: (tx: Tx, principal: Principal) => Promise<T>,
  /** The one cooperation for which they act in a case of another division. */
  cooperation?: string,
): Promise<T> => {
  const principal = c.get('principal');
  const acting = { actor: `staff:${principal.staffId}`, on: principal.today, cooperation } as const;
  return inCasefile(deps.casefile, acting, (tx) => work(tx, principal));
};

/** @throws {DomainError} `forbidden` when the caller holds none of the roles anywhere */
export function requireRole({ roles }: Principal, allowed: readonly Role[]): void {
  if (!roles.some((role) => allowed.includes(role))) throw new DomainError('forbidden');
}
