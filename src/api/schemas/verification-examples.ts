const REQUEST = '0199a0f2-7c1e-7000-8000-9d8c7b6a5f01';
const DEPOSITS = { item: 'deposits', name: { zh: '存款', en: 'deposits' } };
const BANK = { zh: '银行', en: 'bank' };
const HASH = '4a7d1ed414474e4033ac29ccb8653d9b4f0e2c1d3b5a69788796a5b4c3d2e1f0';

/** What the document shows for the verifier's desk and the gateway. */
export const VERIFICATION_EXAMPLES = {
  verifierAnswer: {
    outcome: 'found',
    facts: [{ item: 'deposits', category: 'deposit', amountFen: 120_000 }],
  },
  answerHeard: { answerId: '0199a0f2-7c1e-7000-8000-3b6f8f2d1c31', status: 'stored' },
  answersFile: {
    source: 'bank',
    content: Buffer.from('onedoor_answers,1,bank,0199a0f2-7c1e-7000-8000-3b6f8f2d1c41,…').toString('base64'),
  },
  fileReport: {
    complete: true,
    taken: 1,
    known: 0,
    refused: 1,
    rows: [
      { row: 3, status: 'taken', column: null, code: null },
      { row: 4, status: 'refused', column: 'id_number', code: 'other_person' },
    ],
  },
  inbox: {
    items: [
      {
        requestId: REQUEST,
        caseRef: '0199a0f2-7c1e-7000-8000-6a5b4c3d2e01',
        source: 'bank',
        sourceName: BANK,
        subject: { name: '张守田', idNumber: '441625195001050014' },
        items: [DEPOSITS],
        purpose: 'dibao_means_verification',
        asOf: '2026-03-03',
        dueOn: '2026-03-10',
        daysLeft: 5,
        light: 'green',
        consentHash: HASH,
        authorization: `/v1/verification/requests/${REQUEST}/authorization`,
      },
    ],
    next: null,
  },
  authorization: {
    requestId: REQUEST,
    subject: { name: '张守田', idNumber: '441625195001050014' },
    signedBy: '张守田',
    source: 'bank',
    sourceName: BANK,
    items: [DEPOSITS],
    purpose: 'dibao_means_verification',
    article: 'DIBAO-2021 art. 17; LAW-2026 art. 41',
    textVersion: '2026-01',
    channel: 'paper',
    signedOn: '2026-03-02',
    validFrom: '2026-03-02',
    validTo: '2026-12-31',
    consentHash: HASH,
  },
  health: {
    at: '2026-03-05T09:00:00+08:00',
    items: [
      {
        source: 'bank',
        sourceName: BANK,
        lastTaken: '2026-03-05T08:30:00+08:00',
        lastAnswer: '2026-03-04T17:05:00+08:00',
        answerP95Hours: 31.5,
        httpP95Ms: 840,
        openQuestions: 12,
        notTaken: 3,
        faults: { timeout: 4 },
        wrongSignatures: 2,
        turnedAway: { signature_invalid: 2 },
        circuit: 'closed',
        circuits: [{ state: 'closed', since: '2026-03-05T08:31:00+08:00' }],
        waiting: { cases: 5, oldestDueOn: '2026-03-06', caseNos: ['AP-441625103-2026-00001'] },
      },
    ],
  },
} as const;
