import { createRoute, z } from '@hono/zod-openapi';
import { findCommand } from '../casefile/commands.js';
import { receiveApplication } from '../casefile/intake.js';
import { APPLICATION, type ApplicationClock, type ApplicationState } from '../policy/application.js';
import { lateEntry } from '../policy/late-entry.js';
import { runsWhere } from '../policy/place-flag.js';
import { landsIn, rowsFor, type Row } from '../policy/procedure.js';
import { DomainError, type Role } from '../terms/index.js';
import { acceptingTownship } from './accepting-township.js';
import { answerCommand } from './act.js';
import { asPrincipal, requireRole } from './auth.js';
import { fingerprintOf, idempotencyKey } from './idempotency.js';
import type { ApiDeps } from './ports.js';
import { bearer, commandHeaders, json, problems, untyped, type Api } from './routes.js';
import { ANSWER_EXAMPLES } from './schemas/examples.js';
import { submitBody } from './schemas/application.js';

const PATH = '/v1/applications';
const MAY_SUBMIT: readonly Role[] = ['window_clerk', 'village_assistant'];
const [SUBMIT]: readonly Row<ApplicationState, string, ApplicationClock>[] = rowsFor(APPLICATION, 'draft', {
  on: 'command',
  name: 'submit',
});
const STEP = {
  to: SUBMIT ? landsIn(SUBMIT, 'draft') : 'submitted',
  article: SUBMIT?.article ?? '',
  turn: 'township',
} as const;
/** Clocks of the submission. They fall due at once: the door has no calendar. */
const AT_ONCE = (SUBMIT?.due ?? []).map((code) => ({ code, rule: APPLICATION.clocks[code] }));

const received = z
  .object({ caseNo: z.string(), commandId: z.string(), state: z.string(), status: z.literal('applied') })
  .openapi('ApplicationReceived', { example: ANSWER_EXAMPLES.received });

const route = createRoute({
  method: 'post',
  path: PATH,
  tags: ['applications'],
  summary: 'A household applies',
  security: bearer,
  'x-required-permission': MAY_SUBMIT,
  request: {
    headers: commandHeaders,
    body: { required: true, content: { 'application/json': { schema: submitBody } } },
  },
  responses: { 201: json(received, 'On record; its workflow starts by itself'), ...problems },
});

/** Intake at the door: case, people, declarations and consents in one transaction, before any workflow exists. */
export function applications(api: Api, deps: ApiDeps): void {
  api.openapi(route, async (c) => {
    const body = c.req.valid('json');
    const key = idempotencyKey(c);
    if (body.parametersOn !== undefined && !deps.simulated)
      throw new DomainError('parameters_on_not_allowed', { pointer: '/parametersOn' });
    const { text, fingerprint } = fingerprintOf(body);
    const request = { method: 'POST', path: PATH, idempotencyKey: key, fingerprint };
    const done = await asPrincipal(deps, c, async (tx, principal) => {
      const before = await findCommand(tx, request);
      if (before) return { before };
      requireRole(principal, MAY_SUBMIT);
      await acceptingTownship(tx, body, principal, MAY_SUBMIT);
      if (body.occurredOn > principal.today)
        throw new DomainError('occurred_in_future', { pointer: '/occurredOn' });
      const enteredLate = lateEntry(deps.rulebook, {
        place: body.place,
        occurredOn: body.occurredOn,
        today: principal.today,
        reason: body.lateReasonCode,
      });
      const intake = await receiveApplication(tx, {
        ...request,
        body,
        bodyText: text,
        enteredLate,
        at: principal.at,
        today: principal.today,
        realNow: deps.clock.real(),
        step: STEP,
        atOnce: AT_ONCE.filter(({ rule }) =>
          runsWhere(deps.rulebook, rule, { place: body.place, on: body.occurredOn }),
        ).map(({ code, rule }) => ({ code, article: rule.article })),
      });
      return { intake };
    });
    if (done.before) return untyped(answerCommand(c, done.before, true));
    deps.dispatcher.caseOpened(done.intake.caseNo, done.intake.commandId);
    c.header('Location', `/v1/cases/${done.intake.caseNo}`);
    return c.json({ ...done.intake, state: STEP.to, status: 'applied' as const }, 201);
  });
}
