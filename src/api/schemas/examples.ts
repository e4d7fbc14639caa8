/** One example for every body and answer of the API, shown in its document. A test parses each with its schema. */
const CASE = 'AP-441625103-2026-00001';
const COMMAND = '0199a0f2-7c1e-7000-8000-3b6f8f2d1c11';
const PERSON = '0199a0f2-7c1e-7000-8000-1a2b3c4d5e01';
const STAFF = ['0199a0f2-7c1e-7000-8000-5e6f7a8b9c01', '0199a0f2-7c1e-7000-8000-5e6f7a8b9c02'];
const REQUEST = '0199a0f2-7c1e-7000-8000-9d8c7b6a5f01';
const DOCUMENT = '0199a0f2-7c1e-7000-8000-2f4e6d8c0b01';

export const BODY_EXAMPLES = {
  application: {
    occurredOn: '2026-03-02',
    place: '441625',
    township: '441625103',
    village: '441625103201',
    area: 'rural',
    applicant: 'm1',
    members: [
      {
        ref: 'm1',
        name: '张守田',
        idStatus: 'valid',
        idNumber: '441625195001050014',
        phone: '13800138009',
        bankAccount: '6222020200001234567',
        hukouType: 'rural',
        hukouCode: '441625103201',
        reasonCode: 'applicant',
      },
      { ref: 'm2', name: '李秀英', idStatus: 'none', hukouType: 'rural', reasonCode: 'spouse' },
    ],
    obligors: [],
    declared: [
      {
        member: 'm1',
        kind: 'income',
        category: 'business_net',
        amountFen: 648_000,
        periodFrom: '2025-03',
        periodTo: '2026-02',
      },
    ],
    consents: [
      {
        person: 'm1',
        signedBy: 'm1',
        sources: ['household_register', 'social_insurance', 'bank'],
        textVersion: '2026-01',
        channel: 'paper',
        validTo: '2026-12-31',
      },
    ],
    papers: ['application_form', 'commitment', 'verification_authorisation', 'income_declaration'],
  },
  supplementRequest: {
    occurredOn: '2026-03-02',
    items: ['income_declaration', 'verification_authorisation'],
  },
  supplement: {
    occurredOn: '2026-03-05',
    items: ['income_declaration', 'verification_authorisation'],
    consents: [],
  },
  acceptance: { occurredOn: '2026-03-05', nearRelative: false },
  visit: {
    occurredOn: '2026-03-09',
    method: 'home_visit',
    investigators: STAFF,
    householdSignatory: PERSON,
    propertyWithinLimits: 'yes',
    findings: '砖木结构平房三间，耕地四亩。',
  },
  adoption: {
    occurredOn: '2026-03-16',
    adoptions: [
      {
        fact: {
          person: PERSON,
          kind: 'property',
          category: 'deposit',
          amountFen: 120_000,
          periodFrom: '2026-03',
          periodTo: '2026-03',
        },
        requestId: REQUEST,
        documentId: DOCUMENT,
        reasonCode: 'bankbook_shown',
      },
    ],
  },
  opinion: {
    occurredOn: '2026-03-18',
    proposes: 'grant',
    reasonCode: 'below_standard',
    remarks: '情况属实。',
  },
  notice: { kind: 'public', occurredOn: '2026-03-19' },
  objection: {
    occurredOn: '2026-03-23',
    groundCode: 'income_hidden',
    realName: true,
    text: '该户长子在外务工，收入未申报。',
  },
  countyOpinion: { occurredOn: '2026-04-02', proposes: 'grant', reasonCode: 'agreed' },
  decision: { kind: 'confirm', occurredOn: '2026-04-07', reasonCode: 'agreed' },
  plainAct: { occurredOn: '2026-03-10', reasonCode: 'asked_by_household' },
  document: { occurredOn: '2026-03-16', kind: 'income_proof', personId: PERSON, content: 'JVBERi0xLjcK' },
} as const;

const TASK = {
  id: '0199a0f2-7c1e-7000-8000-7b6a5f4e3d01',
  caseNo: CASE,
  kind: 'check_papers',
  role: 'window_clerk',
  params: {},
  dueOn: '2026-03-09',
  overdue: false,
  claimed: false,
} as const;

export const ANSWER_EXAMPLES = {
  received: { caseNo: CASE, commandId: COMMAND, state: 'submitted', status: 'applied' },
  casePage: {
    caseNo: CASE,
    state: 'submitted',
    turn: 'township',
    open: true,
    version: 1,
    actions: [
      { command: 'accept', method: 'POST', href: `/v1/cases/${CASE}/acceptance`, needsIfMatch: true },
    ],
  },
  caseList: { items: [{ caseNo: CASE, state: 'submitted', turn: 'township', open: true }], next: null },
  timeline: { caseNo: CASE, entries: [{ on: '2026-03-02', code: 'submit' }] },
  explanation: { caseNo: CASE, lines: ['家庭年收入 6480.00 元，6 人，人均每月 90.00 元。'] },
  command: {
    commandId: COMMAND,
    kind: 'accept',
    caseNo: CASE,
    status: 'applied',
    outcome: { httpStatus: 200, result: { caseNo: CASE, state: 'accepted' } },
  },
  task: TASK,
  worklist: { items: [TASK], next: null },
  notices: {
    items: [
      {
        id: DOCUMENT,
        villageCode: '441625103201',
        name: '张**',
        memberCount: 6,
        monthlyBenefitFen: 6000,
        postedOn: '2026-03-19',
        endsOn: '2026-03-26',
      },
    ],
  },
  documentStored: {
    commandId: COMMAND,
    documentId: DOCUMENT,
    contentHash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    mediaType: 'application/pdf',
  },
  documentList: {
    items: [
      {
        id: DOCUMENT,
        kind: 'income_proof',
        mediaType: 'application/pdf',
        sizeBytes: 10_240,
        contentHash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      },
    ],
  },
} as const;
