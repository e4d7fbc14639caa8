import { describe, expect, it } from 'vitest';
import { renderDeadlines, renderTimeline, type TimelineEntry } from '../../demo/timeline.js';
import type { Deadline } from '../../demo/deadlines.js';

const entry = (part: Partial<TimelineEntry>): TimelineEntry => ({
  on: '2026-03-05',
  actor: { kind: 'system', name: 'clock' },
  code: 'begin_investigation',
  to: 'investigating',
  article: 'DIBAO-2021 art. 15, 17',
  params: {},
  started: [],
  ended: [],
  ...part,
});
const lookup = (source: string): TimelineEntry =>
  entry({ code: 'lookup_accepted', to: null, article: 'LAW-2026 art. 41', params: { source } });

const deadlines: Deadline[] = [
  {
    code: 'total',
    article: 'DIBAO-2021 art. 22',
    from: '2026-03-05',
    due: '2026-04-17',
    done: '2026-03-26',
    late: false,
  },
  {
    code: 'county_opinion',
    article: 'DIBAO-2021 art. 20',
    from: '2026-03-24',
    due: '2026-04-08',
    done: null,
    late: false,
  },
  {
    code: 'investigation_start',
    article: 'DIBAO-2021 art. 15',
    from: '2026-03-05',
    due: '2026-03-10',
    done: '2026-03-12',
    late: true,
  },
];
const entries: TimelineEntry[] = [
  entry({
    actor: { kind: 'staff', name: '窗口甲' },
    code: 'accept',
    to: 'accepted',
    article: 'DIBAO-2021 art. 10–11',
    started: [
      { code: 'total', due: '2026-04-17' },
      { code: 'begin_investigation', due: '2026-03-05' },
    ],
  }),
  entry({ ended: [{ code: 'investigation_start', due: '2026-03-10', late: true }] }),
  lookup('bank'),
  lookup('household_register'),
  lookup('bank'),
  entry({ code: 'something_new', to: 'somewhere', article: 'X-1 art. 3' }),
];

describe('renderTimeline', () => {
  it('is readable in Chinese', () => {
    expect(`\n${renderTimeline(entries, deadlines, 'zh').join('\n')}\n`).toBe(`
日期        谁      事项                         之后        时限                        依据
2026-03-05  窗口甲  受理                         已受理      审核确认总时限至2026-04-17  《最低生活保障审核确认办法》第10–11条
2026-03-05  系统    启动调查和经济状况核对       调查核对中  启动调查逾期                《最低生活保障审核确认办法》第15、17条
2026-03-05  系统    发出核对：银行、公安户籍 ×3                                          《社会救助法》第41条
2026-03-05  系统    something_new                somewhere                               X-1 art. 3
`);
  });

  it('counts departments where they are many', () => {
    const many = ['bank', 'tax', 'insurance', 'securities', 'bank'].map(lookup);
    expect(renderTimeline(many, deadlines, 'zh')[1]).toContain('发出核对：4 个部门 ×5');
    expect(renderTimeline(many, deadlines, 'en')[1]).toContain('lookup sent: 4 departments ×5');
  });

  it('is readable in English', () => {
    expect(`\n${renderTimeline(entries.slice(0, 3), deadlines, 'en').join('\n')}\n`).toBe(`
date        who     what                                        then                 clock                             article
2026-03-05  窗口甲  accepted                                    accepted             whole procedure until 2026-04-17  DIBAO-2021 art. 10–11
2026-03-05  system  investigation and means verification begin  under investigation  begin the investigation LATE      DIBAO-2021 art. 15, 17
2026-03-05  system  lookup sent: bank                                                                                  LAW-2026 art. 41
`);
  });
});

describe('renderDeadlines', () => {
  it('tells in time, running and late apart', () => {
    expect(`\n${renderDeadlines(deadlines, 'zh').join('\n')}\n`).toBe(`
时限            起          止          完成        结果    依据
审核确认总时限  2026-03-05  2026-04-17  2026-03-26  按时    《最低生活保障审核确认办法》第22条
县级审核        2026-03-24  2026-04-08  –           进行中  《最低生活保障审核确认办法》第20条
启动调查        2026-03-05  2026-03-10  2026-03-12  逾期    《最低生活保障审核确认办法》第15条
`);
  });
});
