import { frozenDetermination } from '../../casefile/determination.js';
import { issuePaper } from '../../casefile/official-paper.js';
import { determinationById } from '../../casefile/opinions.js';
import { explain } from '../../policy/explain.js';
import { PAPERS_BY_KIND, type PaperData, type PaperKind } from '../../policy/papers/index.js';
import type { StepContext } from '../procedure-desk.js';
import { officeOf } from './context.js';

/** What every paper has is filled in here. */
type Own<K extends PaperKind> = Omit<PaperData<K>, 'caseNo' | 'date' | 'office'>;

/**
 * Draws a paper from the record, on the day of the act, and keeps it as it was drawn: hash, form, n-th of its kind.
 * @returns the id of the document
 */
export async function issue<K extends PaperKind>(
  step: StepContext,
  kind: K,
  own: Own<K>,
  level: 'township' | 'county' = 'township',
): Promise<string> {
  const { tx, caseNo, at, occurredOn } = step;
  const { template, render } = PAPERS_BY_KIND[kind];
  const data = { caseNo, date: occurredOn, office: await officeOf(step, level), ...own };
  // The union of all papers cannot be told apart by a generic key; `Own` has held each to its own shape.
  const html = (render as (given: typeof data) => string)(data);
  return issuePaper(tx, { caseNo, kind, template, html, occurredOn, at });
}

/** The arithmetic an opinion or decision rests on, in sentences. */
export async function arithmetic(step: StepContext, determinationId: string): Promise<string[]> {
  const found = await determinationById(step.tx, determinationId);
  return found ? explain(frozenDetermination(found), 'zh') : [];
}
