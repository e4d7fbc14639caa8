import { OpenAPIHono } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';
import { matchedRoutes } from 'hono/route';
import type { Context, MiddlewareHandler } from 'hono';
import type { ZodError } from 'zod';
import { DomainError } from '../terms/index.js';
import { accessLog } from './access-log.js';
import { applicationForm } from './application-form.js';
import { applications } from './applications.js';
import { authenticate, type ApiEnv } from './auth.js';
import { verifiersKeepToTheirDesk } from './verifiers-only.js';
import { callbacks } from './callbacks.js';
import { caseActs } from './case-acts.js';
import { caseFile } from './case-file.js';
import { cases } from './cases.js';
import { commands } from './commands.js';
import { comparisons } from './comparison.js';
import { cooperations } from './cooperations.js';
import { createCursors } from './cursor.js';
import { docs } from './docs.js';
import { documents } from './documents.js';
import { lookupReleases } from './lookup-releases.js';
import { lookupSignals } from './lookup-signals.js';
import { nearRelatives } from './near-relatives.js';
import { personLookups } from './person-lookups.js';
import type { ApiDeps } from './ports.js';
import { answerError, problem } from './problem.js';
import { publicNotices } from './public-notices.js';
import { reports } from './reports.js';
import type { Api } from './routes.js';
import { samples } from './samples.js';
import { verificationAnswers } from './verification-answers.js';
import { verificationFiles } from './verification-files.js';
import { verificationHealth } from './verification-health.js';
import { verificationInbox } from './verification-inbox.js';
import { worklist } from './worklist.js';

const JSON_BYTES = 256 * 1024;
const DOCUMENT_BYTES = 15 * 1024 * 1024;
/** A scanned paper, or a county's answers, in base64. */
const LARGE = /\/(documents|answers-files)$/;
/** What hangs in the village for everybody. */
const OPEN_TO_ALL = ['/v1/public-notices', '/v1/publications'];
const JSON_TYPE = /^application\/json *(;|$)/i;

/** The way in for people and systems. It needs Postgres; a running worker only makes its answers faster. */
export function createApi(deps: ApiDeps): Api {
  const api: Api = new OpenAPIHono<ApiEnv>({
    // A path that no id of ours could have is a path to nothing.
    defaultHook: (result, c) =>
      result.success
        ? undefined
        : result.target === 'param'
          ? problem(c, 'not_found')
          : invalid(c, result.error),
  });
  api.onError((error, c) => answerError(error, c, deps));
  api.notFound((c) => problem(c, 'not_found'));
  api.use(observe(deps));
  // Nobody unknown gets a body read.
  api.use('/v1/*', async (c, next) =>
    OPEN_TO_ALL.includes(c.req.path) ? next() : authenticate(deps)(c, next),
  );
  api.use('/v1/*', verifiersKeepToTheirDesk);
  api.use('/v1/*', limits);

  api.get('/livez', (c) => c.json({ status: 'live' }));
  api.get('/readyz', async (c) =>
    (await deps.ready().catch(() => false))
      ? c.json({ status: 'ready' })
      : problem(c, 'dependency_unavailable'),
  );
  applications(api, deps);
  applicationForm(api);
  caseActs(api, deps);
  reports(api, deps);
  cooperations(api, deps);
  documents(api, deps);
  caseFile(api, deps);
  cases(api, deps, createCursors(deps.cursorKey, 'cases'));
  comparisons(api, deps);
  personLookups(api, deps);
  commands(api, deps);
  worklist(api, deps, createCursors(deps.cursorKey, 'worklist'));
  verificationInbox(api, deps, createCursors(deps.cursorKey, 'verification'));
  verificationAnswers(api, deps);
  verificationFiles(api, deps);
  verificationHealth(api, deps);
  nearRelatives(api, deps);
  samples(api, deps);
  lookupReleases(api, deps);
  lookupSignals(api, deps, createCursors(deps.cursorKey, 'lookup-signals'));
  accessLog(api, deps, createCursors(deps.cursorKey, 'access-log'));
  publicNotices(api, deps);
  callbacks(api, deps);
  docs(api);
  api.openAPIRegistry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
  });
  api.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: {
      title: 'One Door',
      version: '1',
      description: 'Integrated social assistance: one window, every department behind it.',
    },
  });
  return api;
}

const invalid = (c: Parameters<typeof problem>[0], error: ZodError): Response => {
  const errors = error.issues.slice(0, 20).map((issue) => ({
    pointer: issue.path
      .map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`)
      .join(''),
    message: issueText(issue),
  }));
  return problem(c, 'body_invalid', { pointer: errors[0]?.pointer, errors });
};

/** zod quotes keys of the body in two of its messages; a key is client-chosen text. */
const issueText = (issue: ZodError['issues'][number]): string =>
  issue.code === 'unrecognized_keys' || issue.code === 'invalid_key' ? 'unknown property' : issue.message;

const limits: MiddlewareHandler<ApiEnv> = async function limited(c, next) {
  const maxSize = LARGE.test(c.req.path) ? DOCUMENT_BYTES : JSON_BYTES;
  const type = c.req.header('content-type');
  if (c.req.method === 'POST' && !(type === undefined && isWordless(c)) && !JSON_TYPE.test(type ?? ''))
    throw new DomainError('media_type_unsupported');
  return bodyLimit({
    maxSize,
    onError: () => {
      throw new DomainError('body_too_large');
    },
  })(c, next);
};

/** By its headers: over HTTP a POST has a body object even when it has no body (RFC 9112 § 6.3). */
const isWordless = (c: Context): boolean =>
  (c.req.header('content-length') ?? '0') === '0' && c.req.header('transfer-encoding') === undefined;

/** Trace id, headers that belong on every answer, and one log line by route pattern. */
const observe = (deps: ApiDeps): MiddlewareHandler<ApiEnv> =>
  async function observed(c, next) {
    const started = performance.now();
    const traceId =
      /^00-([0-9a-f]{32})-/.exec(c.req.header('traceparent') ?? '')?.[1] ??
      crypto.randomUUID().replaceAll('-', '');
    c.set('traceId', traceId);
    await next();
    c.header('Cache-Control', 'no-store');
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('Referrer-Policy', 'no-referrer');
    const seconds = (performance.now() - started) / 1000;
    const route =
      matchedRoutes(c).findLast((each) => each.path !== '*' && each.path !== '/*')?.path ?? 'none';
    deps.metrics.observe({ method: c.req.method, route, status: c.res.status, seconds });
    deps.log.info(
      { method: c.req.method, route, status: c.res.status, ms: Math.round(seconds * 1000), traceId },
      'request',
    );
  };
