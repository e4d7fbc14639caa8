import { APPLICATION, type ApplicationCommand } from '../policy/application.js';
import type { Context } from 'hono';
import { actOnCase, type Act } from './act.js';
import type { ApiEnv } from './auth.js';
import type { ApiDeps } from './ports.js';
import { inAdoption, inPlainAct, inSupplement, inVisit } from './references.js';
import { actRoute, untyped, type Api } from './routes.js';
import * as body from './schemas/commands.js';

const permission = (...kinds: ApplicationCommand[]): string[] => [
  ...new Set(
    APPLICATION.rows.flatMap((row) =>
      row.on === 'command' && kinds.some((kind) => kind === row.name) && 'role' in row ? row.role : [],
    ),
  ),
];

/** What people do to a case, one path each; which of it is allowed now, the table says. */
export function caseActs(api: Api, deps: ApiDeps): void {
  const perform = (c: Context<ApiEnv>, act: Act) => untyped(actOnCase(deps, c, act));
  api.openapi(
    actRoute('supplement-requests', body.supplementRequest, {
      permission: permission('request_supplement'),
      summary: '一次性告知: tell once everything that is missing',
    }),
    (c) => perform(c, { kind: 'request_supplement', body: c.req.valid('json') }),
  );
  api.openapi(
    actRoute('supplements', body.supplement, {
      permission: permission('supply'),
      summary: '补正: the household brought what was missing',
    }),
    (c) => {
      const act = c.req.valid('json');
      return perform(c, { kind: 'supply', body: act, names: inSupplement(act) });
    },
  );
  api.openapi(
    actRoute('acceptance', body.acceptance, {
      permission: permission('accept'),
      summary: '受理: accept with a receipt; the statutory clock starts',
    }),
    (c) => perform(c, { kind: 'accept', body: c.req.valid('json') }),
  );
  api.openapi(
    actRoute('visits', body.visit, {
      permission: permission('record_visit'),
      summary: '入户调查: a visit by two, with signatures',
    }),
    (c) => {
      const act = c.req.valid('json');
      return perform(c, { kind: 'record_visit', body: act, names: inVisit(act) });
    },
  );
  api.openapi(
    actRoute('adoptions', body.adoption, {
      permission: permission('adopt'),
      summary: 'choose what the decision shall rest on',
    }),
    (c) => {
      const act = c.req.valid('json');
      return perform(c, { kind: 'adopt', body: act, names: inAdoption(act) });
    },
  );
  api.openapi(
    actRoute('opinions', body.opinion, {
      permission: permission('form_opinion'),
      summary: '初审意见: the township proposes',
    }),
    (c) => perform(c, { kind: 'form_opinion', body: c.req.valid('json') }),
  );
  api.openapi(
    actRoute('notices', body.notice, {
      permission: permission('post_notice', 'give_refusal_notice'),
      summary: '公示, or the written refusal delivered',
    }),
    (c) => {
      const { kind, ...act } = c.req.valid('json');
      return perform(c, {
        kind: kind === 'public' ? 'post_notice' : 'give_refusal_notice',
        body: act,
      });
    },
  );
  api.openapi(
    actRoute('objections', body.objection, {
      permission: permission('object'),
      summary: '异议 during the public notice',
    }),
    (c) => perform(c, { kind: 'object', body: c.req.valid('json') }),
  );
  api.openapi(
    actRoute('county-opinions', body.countyOpinion, {
      permission: permission('county_opine'),
      summary: '县级审核意见',
    }),
    (c) => perform(c, { kind: 'county_opine', body: c.req.valid('json') }),
  );
  api.openapi(
    actRoute('decisions', body.decision, {
      permission: permission('confirm', 'refuse', 'return_file'),
      summary: '确认, 不予确认, or return',
    }),
    (c) => {
      const { kind, ...act } = c.req.valid('json');
      return perform(c, { kind: kind === 'return' ? 'return_file' : kind, body: act });
    },
  );
  for (const [path, kind, summary] of LATER) {
    api.openapi(actRoute(path, body.plainAct, { permission: permission(kind), summary }), (c) => {
      const act = c.req.valid('json');
      return perform(c, { kind, body: act, names: inPlainAct(act) });
    });
  }
}

const LATER = [
  ['withdrawal', 'withdraw', '撤回: by the applicant’s signed request'],
  ['extensions', 'extend', '延长: on a listed ground'],
  ['termination', 'terminate', '终止审核确认程序'],
] as const;
