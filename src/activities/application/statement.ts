import { openAnswer, type RawAnswer } from '../../casefile/answers.js';
import type { Tx } from '../../casefile/tx.js';
import { parseAnswer } from '../../departments/answer-schema.js';
import type { DepartmentAnswer, Result, Subject } from '../../departments/contract.js';
import type { BodyFault } from '../../departments/json-body.js';
import { parseReport, readSection } from '../../departments/report-schema.js';
import type { PlainDate } from '../../terms/index.js';

/** What a source states, by its own callback or as a section of a platform's report. */
export type Statement =
  | {
      readonly kind: 'answer';
      readonly answer: DepartmentAnswer;
      /** Whom the whole is about: of a section, the report too. */
      readonly about: readonly Subject[];
      readonly valuedOn: PlainDate | null;
    }
  | { readonly kind: 'not_answered' };

/** Opens a stored answer and reads it as untrusted input. */
export async function statementIn(tx: Tx, raw: RawAnswer): Promise<Result<Statement, BodyFault>> {
  const bytes = await openAnswer(tx, raw);
  if (raw.section === null) {
    const parsed = parseAnswer(bytes);
    if (!parsed.ok) return parsed;
    const about = [parsed.value.subject];
    return { ok: true, value: { kind: 'answer', answer: parsed.value, about, valuedOn: null } };
  }
  const report = parseReport(bytes);
  if (!report.ok) return report;
  const { sections, subject } = report.value;
  const section = readSection(report.value, sections[raw.section]);
  if (!section.ok || section.value.kind === 'not_answered') return section as Result<Statement, BodyFault>;
  const about = [subject, section.value.answer.subject];
  return { ok: true, value: { ...section.value, about } };
}
