import { APPLICATION, type ApplicationStage } from '../policy/application.js';
import { paperTitle } from '../policy/papers/index.js';
import { PAPER_NAMES } from '../policy/papers/labels.js';
import { markup } from '../policy/papers/markup.js';
import { heading, pairs, paragraph, sheet, table } from '../policy/papers/sheet.js';
import { dayText } from '../policy/papers/text.js';
import { dateAt, type Instant, type PlainDate } from '../terms/index.js';
import { PATHS, type CaseFileDocument } from './case-archive-format.js';

/** What an archivist calls the stages, in the order in which a file is bound. */
const STAGES: Readonly<Record<ApplicationStage, string>> = {
  accepting: '申请与受理',
  supplementing: '补充材料',
  investigating: '调查与核对',
  opining: '初审',
  noticing: '公示',
  reviewing: '县级审核',
  deciding: '审核确认',
  concluding: '决定与送达',
  done: '办结以后',
};

/** The Chinese name of a kind of document; a kind that only its sender knows keeps its code. */
export const documentTitle = (kind: string): string =>
  paperTitle(kind) ??
  (Object.hasOwn(PAPER_NAMES, kind) ? PAPER_NAMES[kind as keyof typeof PAPER_NAMES] : kind);

/** @param state a state of the procedure's table */
export const stageOf = (state: string): string =>
  (APPLICATION.stageOf as Readonly<Record<string, string>>)[state] ?? 'accepting';

export interface ContentsPage {
  readonly caseNo: string;
  readonly openedOn: PlainDate;
  readonly exportedAt: Instant;
  readonly documents: readonly CaseFileDocument[];
}

/** 档案目录: the papers of a household by stage, each a link into the archive; made to be printed and bound in front. */
export function contentsPage({ caseNo, openedOn, exportedAt, documents }: ContentsPage): string {
  const stages = Object.entries(STAGES).map(([stage, name]) => ({
    name,
    papers: documents.map((paper, at) => ({ ...paper, no: at + 1 })).filter((paper) => paper.stage === stage),
  }));
  return sheet({
    title: '社会救助家庭档案目录',
    caseNo,
    date: dateAt(exportedAt),
    body: [
      pairs([
        ['办理事项', '最低生活保障审核确认'],
        ['立卷日期', dayText(openedOn)],
        ['文书件数', `${documents.length}件`],
      ]),
      stages
        .filter(({ papers }) => papers.length > 0)
        .map(({ name, papers }) => [
          heading(name),
          table(
            ['#序号', '文书', '#版本', '日期', '来源'],
            papers.map((paper) => [
              `${paper.no}`,
              // Encoded piece by piece: the slash is the archive's, everything else might be a document's.
              markup`<a href="${paper.path.split('/').map(encodeURIComponent).join('/')}">${documentTitle(paper.kind)}</a>`,
              `${paper.version}`,
              dayText(paper.occurredOn as PlainDate),
              paper.madeBySystem ? '本机关制作' : '收取',
            ]),
          ),
        ]),
      paragraph(
        '办理经过见',
        markup`<a href="${PATHS.timeline}">${PATHS.timeline}</a>`,
        '，审计链见',
        markup`<a href="${PATHS.audit}">${PATHS.audit}</a>`,
        '。每份文书的校验值和盐值见',
        markup`<a href="${PATHS.index}">${PATHS.index}</a>`,
        `，可以用 onedoor case check-file 离线核验。`,
      ),
    ],
  });
}
