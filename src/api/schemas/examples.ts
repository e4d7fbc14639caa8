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
  acceptance: {
    occurredOn: '2026-03-05',
    nearRelatives: [{ person: PERSON, relation: 'sibling', handlerId: STAFF[0] }],
    delivery: { how: 'in_person', result: 'delivered' },
  },
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
    reporter: { name: '王明', phone: '13900139000' },
    text: '该户长子在外务工，收入未申报。',
  },
  countyOpinion: { occurredOn: '2026-04-02', proposes: 'grant', reasonCode: 'agreed' },
  decision: { kind: 'confirm', occurredOn: '2026-04-07', reasonCode: 'agreed' },
  reasoned: { occurredOn: '2026-04-03', reasonCode: 'visit_incomplete', remarks: '请补充邻里访问。' },
  signatures: {
    occurredOn: '2026-03-10',
    consents: [],
    refusals: [{ person: PERSON, sources: ['bank'], reasonCode: 'does_not_agree' }],
  },
  cooperation: { occurredOn: '2026-03-06', division: '441621100', duty: 'home_visit', person: PERSON },
  cooperationCancellation: {
    occurredOn: '2026-03-12',
    cooperationId: REQUEST,
    reasonCode: 'member_returned_home',
  },
  cooperationReport: {
    occurredOn: '2026-03-11',
    method: 'home_visit',
    investigators: STAFF,
    householdSignatory: PERSON,
    propertyWithinLimits: 'not_judged',
    findings: '租住一室，打零工。',
  },
  handOver: {
    occurredOn: '2026-03-13',
    township: '441621100',
    village: '441621100201',
    reasonCode: 'household_moved',
    documentId: DOCUMENT,
  },
  findingsNotice: { occurredOn: '2026-03-17', delivery: { how: 'in_person', result: 'delivered' } },
  verificationObjection: {
    occurredOn: '2026-03-20',
    groundCode: 'account_closed',
    documentId: DOCUMENT,
  },
  recheck: {
    occurredOn: '2026-03-25',
    finding: 'upheld',
    adoptions: [],
    reasonCode: 'account_closed_before',
  },
  recognisedReport: {
    occurredOn: '2026-03-09',
    place: '441621',
    body: '紫金县居民家庭经济状况核对中心',
    reportNo: '紫核〔2026〕17号',
    purpose: 'dibao_means_verification',
    madeOn: '2026-02-10',
    validTo: '2026-08-09',
    documentId: DOCUMENT,
    answers: [
      {
        person: PERSON,
        source: 'bank',
        items: ['deposits'],
        outcome: 'found',
        facts: [{ item: 'deposits', category: 'deposit', amountFen: 120_000 }],
      },
    ],
  },
  freshQuestions: {
    occurredOn: '2026-03-10',
    requests: [REQUEST],
    reasonCode: 'circumstances_changed',
  },
  lookAgain: { occurredOn: '2026-03-17', requestId: REQUEST, reasonCode: 'account_closed' },
  opinionDraft: { occurredOn: '2026-03-17', proposes: 'grant', reasonCode: 'below_standard' },
  appraisal: {
    occurredOn: '2026-03-27',
    calledOn: '2026-03-24',
    venue: '灯塔村党群服务中心',
    chair: '陈组长',
    recorder: '何记录',
    participants: [
      { group: 'township_staff', name: '陈组长' },
      { group: 'party_representatives', name: '刘代表' },
      { group: 'villager_representatives', name: '何记录' },
    ],
    votes: { truthful: 3, untruthful: 0, abstained: 0 },
    steps: ['宣讲政策', '介绍情况', '现场评议', '形成结论', '签字确认'],
  },
  report: {
    occurredOn: '2026-04-01',
    groundCode: 'lives_elsewhere',
    channel: 'hotline',
    realName: true,
    reporter: { name: '王明' },
    text: '该户长期不在本村居住。',
  },
  reportAnswer: {
    occurredOn: '2026-04-08',
    finding: 'not_confirmed',
    how: 'post',
    result: 'delivered',
    checked: '县民政局入户核查，该户常住本村。',
  },
  publication: { occurredOn: '2026-04-09' },
  withdrawal: { occurredOn: '2026-03-10', documentId: DOCUMENT, signedBy: PERSON },
  extension: { occurredOn: '2026-04-03', ground: 'objection_to_notice' },
  warning: {
    occurredOn: '2026-03-10',
    person: PERSON,
    refusal: 'refuses_home_visit',
    delivery: { how: 'in_person', result: 'delivered' },
  },
  termination: { occurredOn: '2026-03-20', warningId: REQUEST, reasonCode: 'refuses_home_visit' },
  paperDelivery: {
    occurredOn: '2026-03-06',
    documentId: DOCUMENT,
    how: 'post',
    result: 'undeliverable',
  },
  rosterEntry: {
    handlerId: STAFF[0],
    division: '441625103',
    relative: '王小妹',
    idNumber: '441625195001050014',
    relation: 'sibling',
    validFrom: '2026-01-01',
  },
  rosterEnd: { endedFrom: '2026-07-01' },
  sample: { from: '2026-03-01', to: '2026-03-31', seed: 'drawn-in-public-20260401' },
  lookupRelease: { occurredOn: '2026-03-04', reasonCode: 'market_day' },
  signalConclusion: { conclusion: 'explained', reasonCode: 'yearly_review' },
  sampleFinding: { occurredOn: '2026-04-10', finding: 'in_order', reasonCode: 'visited' },
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

const SIGNAL = {
  id: REQUEST,
  kind: 'sequence_browsing',
  staffId: STAFF[0],
  divisionId: DOCUMENT,
  from: '2026-03-02T22:10:00+08:00',
  to: '2026-03-02T22:14:00+08:00',
  raisedAt: '2026-03-02T22:14:20+08:00',
  params: { pattern: 'run_of_numbers', files: 10, first: CASE },
  conclusion: null,
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
  comparison: {
    caseNo: CASE,
    present: { monthlyBenefitFen: 10_000, undetermined: null },
    openLines: 1,
    lines: [
      {
        personId: PERSON,
        category: 'transfer_net',
        standing: 'contradiction',
        open: true,
        declared: [
          {
            id: DOCUMENT,
            kind: 'income',
            amountFen: 48_000,
            periodFrom: '2025-03',
            periodTo: '2026-02',
          },
        ],
        verified: [
          {
            requestId: REQUEST,
            source: 'social_insurance',
            standing: 'found',
            corrected: false,
            complete: true,
            valuedOn: '2026-03-04',
            receivedAt: '2026-03-04T10:00:00+08:00',
            facts: [
              {
                id: COMMAND,
                kind: 'income',
                amountFen: 60_000,
                periodFrom: '2025-03',
                periodTo: '2026-02',
              },
            ],
          },
        ],
        adopted: [],
        options: [
          {
            origin: 'source',
            source: 'social_insurance',
            facts: [
              {
                id: COMMAND,
                kind: 'income',
                amountFen: 60_000,
                periodFrom: '2025-03',
                periodTo: '2026-02',
              },
            ],
            stands: false,
            preChosen: null,
            monthlyBenefitFen: 5_000,
            undetermined: null,
            effectFenPerMonth: -5_000,
            adoptions: [
              {
                fact: {
                  person: PERSON,
                  kind: 'income',
                  category: 'transfer_net',
                  amountFen: 60_000,
                  periodFrom: '2025-03',
                  periodTo: '2026-02',
                },
                answerFactId: COMMAND,
              },
            ],
          },
        ],
      },
    ],
    silent: [],
    unused: [],
  },
  lookupsAbout: {
    items: [
      {
        requestId: REQUEST,
        source: 'bank',
        sourceName: { zh: '银行', en: 'bank' },
        via: null,
        items: [{ item: 'deposits', name: { zh: '存款', en: 'deposits' } }],
        purpose: 'dibao_means_verification',
        article: 'DIBAO-2021 art. 17; LAW-2026 art. 41',
        signed: { on: '2026-03-02', textVersion: '2026-01', validTo: '2026-12-31' },
        groundCode: null,
        askedFor: '窗口甲',
        requestedOn: '2026-03-03',
        left: ['2026-03-03T09:00:00+08:00'],
        shown: [{ at: '2026-03-03T09:20:00+08:00', to: '核对员丁' }],
        outcome: 'none',
        heard: ['2026-03-03T10:00:00+08:00'],
        superseded: false,
        origin: null,
      },
    ],
  },
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
  publications: {
    items: [
      {
        id: DOCUMENT,
        villageCode: '441625103201',
        name: '张**',
        memberCount: 6,
        monthlyBenefitFen: 6000,
        publishedOn: '2026-04-09',
        endsOn: '2026-05-09',
      },
    ],
  },
  form: {
    items: [
      {
        item: 'bank_statement',
        from: 'verification',
        needed: 'never_asked',
        replacedBy: 'bank',
        commitmentSuffices: false,
        article: 'LAW-2026 art. 62',
      },
    ],
  },
  reports: {
    items: [
      {
        id: REQUEST,
        groundCode: 'lives_elsewhere',
        channel: 'hotline',
        realName: true,
        occurredOn: '2026-04-01',
        finding: null,
      },
    ],
  },
  reporter: { name: '王明', phone: null, words: '该户长期不在本村居住。' },
  cooperationTask: {
    id: REQUEST,
    caseNo: CASE,
    duty: 'home_visit',
    standing: 'open',
    person: { id: PERSON, name: '李秀英', residenceCode: '441621100201' },
  },
  rosterEntered: { rosterId: REQUEST },
  roster: {
    items: [
      {
        id: REQUEST,
        holderKind: 'staff',
        handlerId: STAFF[0],
        divisionId: DOCUMENT,
        relation: 'sibling',
        validFrom: '2026-01-01',
      },
    ],
  },
  accessLog: {
    day: '2026-03-02',
    items: [{ staffId: STAFF[0], counts: { case_page: 24, documents: 6 }, files: 17, notFound: 0 }],
    next: null,
  },
  accessOfStaff: {
    day: '2026-03-02',
    staffId: STAFF[0],
    counts: { case_page: 2, question_left: 12 },
    files: 2,
    notFound: 0,
    cases: [
      { caseNo: CASE, counts: { case_page: 1, question_left: 12 } },
      { caseNo: null, counts: { case_page: 1 } },
    ],
  },
  lookupSignal: SIGNAL,
  lookupSignals: { items: [SIGNAL], next: null },
  sample: {
    sampleId: REQUEST,
    seed: 'drawn-in-public-20260401',
    algorithm: 'sha256-rank/1',
    percent: 30,
    population: 1,
    populationHash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    drawn: [{ drawId: DOCUMENT, caseNo: CASE, finding: null }],
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
