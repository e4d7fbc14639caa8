import { expect, it } from 'vitest';
import { visibleText } from '../policy/papers/test-support.js';
import { instant, plainDate } from '../terms/index.js';
import { documentPath } from './case-archive.js';
import { contentsPage, documentTitle, stageOf } from './case-archive-page.js';

const paper = (over: object) => ({
  path: 'documents/001-2026-03-02-受理通知书.html',
  kind: 'acceptance_receipt',
  version: 1,
  template: 'acceptance_receipt/1',
  mediaType: 'text/html',
  sizeBytes: 1,
  occurredOn: '2026-03-02',
  stage: 'accepting',
  madeBySystem: true,
  salt: 'ab',
  contentHash: 'ab'.repeat(32),
  ...over,
});

it('lists the papers by stage, under the numbers they have in the archive', () => {
  const page = contentsPage({
    caseNo: 'AP-441625103-2026-00001',
    openedOn: plainDate('2026-03-02'),
    exportedAt: instant(Date.parse('2026-03-30T01:00:00Z')),
    documents: [
      paper({}),
      paper({
        path: 'documents/002-2026-03-05-land_lease.pdf',
        kind: 'land_lease',
        version: 2,
        stage: 'investigating',
        madeBySystem: false,
        occurredOn: '2026-03-05',
      }),
      paper({ path: 'documents/003-2026-03-09-commitment.txt', kind: 'commitment', madeBySystem: false }),
    ],
  });
  expect(visibleText(page)).toMatchInlineSnapshot(`
    "社会救助家庭档案目录
    案号：AP-441625103-2026-00001日期：2026年3月30日
    办理事项 | 最低生活保障审核确认
    立卷日期 | 2026年3月2日
    文书件数 | 3件
    申请与受理
    序号 | 文书 | 版本 | 日期 | 来源
    1 | 受理通知书 | 1 | 2026年3月2日 | 本机关制作
    3 | 承诺书 | 1 | 2026年3月2日 | 收取
    调查与核对
    序号 | 文书 | 版本 | 日期 | 来源
    2 | land_lease | 2 | 2026年3月5日 | 收取
    办理经过见timeline.json，审计链见audit.json。每份文书的校验值和盐值见index.json，可以用 onedoor case check-file 离线核验。"
  `);
  expect([...page.matchAll(/href="([^"]*)"/g)].map(([, href]) => decodeURIComponent(href ?? ''))).toEqual([
    'documents/001-2026-03-02-受理通知书.html',
    'documents/003-2026-03-09-commitment.txt',
    'documents/002-2026-03-05-land_lease.pdf',
    'timeline.json',
    'audit.json',
    'index.json',
  ]);
});

it.each([
  [
    { position: 0, kind: 'refusal_notice', mediaType: 'text/html; charset=utf-8' },
    '001-2026-03-02-不予确认告知书.html',
  ],
  [{ position: 99, kind: 'commitment', mediaType: 'application/pdf' }, '100-2026-03-02-承诺书.pdf'],
  [{ position: 7, kind: '../../x\\y z', mediaType: 'image/jpeg' }, '008-2026-03-02-______x_y_z.jpg'],
  [{ position: 8, kind: 'odd', mediaType: 'application/x-odd' }, '009-2026-03-02-odd.bin'],
])('%j is stored under a name without danger', (named, path) => {
  expect(documentPath({ ...named, occurredOn: '2026-03-02' })).toBe(`documents/${path}`);
});

it('a kind that only its sender knows keeps its code, and a state beyond the table does not break the page', () => {
  expect(documentTitle('constructor')).toBe('constructor');
  expect([stageOf('public_notice'), stageOf('nowhere')]).toEqual(['noticing', 'accepting']);
});
