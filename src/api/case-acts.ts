import type { z } from '@hono/zod-openapi';
import type { Reference } from '../casefile/references.js';
import { APPLICATION, type ApplicationCommand } from '../policy/application.js';
import type { HumanAct } from '../terms/index.js';
import { actOnCase } from './act.js';
import { COMMAND_PATHS } from './command-paths.js';
import type { ApiDeps } from './ports.js';
import * as names from './references.js';
import { actRoute, untyped, type Api } from './routes.js';
import * as branch from './schemas/branches.js';
import * as body from './schemas/commands.js';
import * as verification from './schemas/verification.js';

const permission = (...kinds: ApplicationCommand[]): string[] => [
  ...new Set(
    APPLICATION.rows.flatMap((row) =>
      row.on === 'command' && kinds.some((kind) => kind === row.name) && 'role' in row ? row.role : [],
    ),
  ),
];

const NOTICES = {
  public: 'post_notice',
  confirmation: 'give_confirmation_notice',
  refusal: 'give_refusal_notice',
  closing: 'give_closing_notice',
} as const;
const DECISIONS = {
  confirm: 'confirm',
  refuse: 'refuse',
  return: 'return_file',
  confirm_delegated: 'confirm_delegated',
  refuse_delegated: 'refuse_delegated',
} as const;

/** What people do to a case, one path each; which of it is allowed now, the table says. */
export function caseActs(api: Api, deps: ApiDeps): void {
  /** One path, one command. */
  function act<B extends HumanAct>(
    kind: ApplicationCommand,
    schema: z.ZodType<B>,
    summary: string,
    named: (given: B) => Reference[] = () => [],
  ): void {
    const path = COMMAND_PATHS[kind]?.path ?? '';
    api.openapi(actRoute(path, schema, { permission: permission(kind), summary }), (c) => {
      const given = c.req.valid('json' as never) as B;
      return untyped(actOnCase(deps, c, { kind, body: given, names: named(given) }));
    });
  }

  act('request_supplement', body.supplementRequest, '一次性告知: tell once everything that is missing');
  act('supply', body.supplement, '补正: the household brought what was missing', names.inSupplement);
  act('close_unsupplied', branch.reasoned, '终结: a person closes what was not supplied in time');
  act(
    'accept',
    body.acceptance,
    '受理: accept with a receipt; the statutory clock starts',
    names.inAcceptance,
  );
  act(
    'record_consents',
    branch.signatures,
    '授权: signatures that came later, refusals, and signatures taken back',
    names.inSignatures,
  );
  act(
    'request_cooperation',
    branch.cooperation,
    '协助调查: ask the township where somebody lives',
    names.inCooperation,
  );
  act('cancel_cooperation', branch.cooperationCancellation, 'a cooperation is not needed any more');
  act('hand_over', branch.handOver, '移交: the file follows a household that moved', names.inDocument);
  act('record_visit', body.visit, '入户调查: a visit by two, with signatures', names.inVisit);
  act(
    'recognise_report',
    verification.recognisedReport,
    '核对报告互认: enter a report that another place made; it settles what it covers',
    names.inRecognisedReport,
  );
  act(
    'ask_afresh',
    verification.freshQuestions,
    '重新核对: let the departments be asked although an earlier report answers',
    names.inFreshQuestions,
  );
  act('adopt', body.adoption, 'choose what the decision shall rest on', names.inAdoption);
  act('inform_findings', branch.findingsNotice, '核对结果告知: tell the household what stands against it');
  act(
    'object_to_verification',
    branch.verificationObjection,
    '对核对结果提出异议, with evidence, and which values',
    names.inVerificationObjection,
  );
  act('recheck', branch.recheck, '复查: look again; the report gets its next version', names.inRecheck);
  act('look_again', branch.lookAgain, '再次核对: the same source is asked to look again', names.inLookAgain);
  act('draft_opinion', branch.opinionDraft, '拟稿: write what a leader may sign');
  act('form_opinion', body.opinion, '初审意见: the township proposes');
  act('object', body.objection, '异议 during the public notice');
  act('hold_appraisal', branch.appraisal, '民主评议 about an objection');
  act('county_opine', body.countyOpinion, '县级审核意见');
  act('record_county_visit', body.visit, '县级入户: the county goes to see', names.inCountyVisit);
  act('report', branch.report, '举报: somebody reports, by name or without');
  act('resume_returned', branch.reasoned, 'the township takes a returned file up again');
  act('take_back', branch.reasoned, 'the county draws a delegated case to itself');
  act('publish', branch.publication, '公布 after the confirmation');
  act('withdraw', branch.withdrawal, '撤回: by the applicant’s signed request', names.inWithdrawal);
  act('extend', branch.extension, '延长: on a listed ground');
  act('warn', branch.warning, '催告: ask to cooperate, and say what may follow', names.inWarning);
  act('terminate', branch.termination, '终止审核确认程序, after a warning that was delivered');
  act(
    'record_delivery',
    branch.paperDelivery,
    '送达: how a paper was brought and what became of it',
    names.inDelivery,
  );

  api.openapi(
    actRoute('notices', body.notice, {
      permission: permission(...Object.values(NOTICES)),
      summary: '公示, or a written notice delivered',
    }),
    (c) => {
      const { kind, ...given } = c.req.valid('json');
      const photos = 'photos' in given ? names.inPhotos(given) : [];
      return untyped(actOnCase(deps, c, { kind: NOTICES[kind], body: given, names: photos }));
    },
  );
  api.openapi(
    actRoute('decisions', body.decision, {
      permission: permission(...Object.values(DECISIONS)),
      summary: '确认, 不予确认, or return',
    }),
    (c) => {
      const { kind, ...given } = c.req.valid('json');
      return untyped(actOnCase(deps, c, { kind: DECISIONS[kind], body: given }));
    },
  );
}
