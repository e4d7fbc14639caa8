import { requestsOf, standingRequests } from '../../casefile/evidence.js';
import { newId, record } from '../../casefile/record.js';
import { adoptedFacts, personLinkResolutions, proofAdoptions } from '../../casefile/schema/index.js';
import { linksOf, openLinks } from '../../casefile/person-links.js';
import { closeTasks, closeTasksBut, openTask } from '../../casefile/tasks.js';
import type { Tx } from '../../casefile/tx.js';
import { weigh } from '../../casefile/weighing.js';
import { reachOf } from '../../departments/sources.js';
import { isBeforeAcceptance } from '../../policy/application-states.js';
import { adoptions, isAbout, type OpenQuestion } from '../../policy/adoption.js';
import { questionsOf } from '../../policy/comparison.js';
import { DomainError, type AdoptionEntry } from '../../terms/index.js';
import type { CommandContext, Effect, StepContext } from '../procedure-desk.js';
import { bodyOf } from './bodies.js';

/**
 * Adopts what nobody contradicts and opens a task for each question that only a person can settle; that of a contradiction
 * which a later answer resolved is closed. Not before the acceptance: until then nobody can answer it.
 */
export async function adoptByRule(step: StepContext): Promise<void> {
  if (isBeforeAcceptance(step.state.state)) return;
  const { tx, caseNo, today, at } = step;
  const weighed = await weigh(tx, caseNo, reachOf);
  const { declared, adopted } = weighed;
  const taken = new Set(adopted.flatMap((row) => row.declaredFactId ?? []));
  for (const { declaredFactId, answerFactId, rule } of adoptions(weighed).adopt) {
    const fact = declared.find((row) => row.id === declaredFactId);
    // What a person chose here stays theirs: a rule adds nothing to it.
    const chosen = adopted.some((row) => row.by === 'person' && fact && isAbout(row, fact));
    if (!fact || chosen || taken.has(declaredFactId)) continue;
    const { personId, kind, category, amountFen, periodFrom, periodTo } = fact;
    await record(tx, adoptedFacts, {
      id: newId(),
      caseNo,
      personId,
      kind,
      category,
      amountFen,
      periodFrom,
      periodTo,
      declaredFactId,
      answerFactId,
      ruleCode: rule,
      occurredOn: today,
    });
  }
  const open = questionsOf(weighed);
  for (const question of open) {
    await openTask(tx, {
      caseNo,
      divisionId: step.state.workingDivisionId,
      role: 'verification_officer',
      kind: question.why,
      params: topic(question),
      at,
    });
  }
  const contradicted = open.filter(({ why }) => why === 'contradiction').map(topic);
  await closeTasksBut(tx, caseNo, 'contradiction', contradicted, at);
}

const topic = ({ personId, category }: Pick<OpenQuestion, 'personId' | 'category'>) => ({
  personId: personId ?? 'household',
  category,
});

/** What still lacks a person's word before an opinion can rest on it. */
export const openQuestions = async (tx: Tx, caseNo: string): Promise<OpenQuestion[]> =>
  questionsOf(await weigh(tx, caseNo, reachOf));

/** A human says whether two files speak of one person. Neither file is changed by it. */
async function resolveLink(
  step: CommandContext,
  { id, verdict }: NonNullable<AdoptionEntry['link']>,
  reasonCode: string,
): Promise<void> {
  const { tx, caseNo, staffId, commandId, occurredOn } = step;
  const link = (await linksOf(tx, caseNo)).find((each) => each.id === id);
  if (!link) throw new DomainError('body_invalid', { params: { reason: 'unknown_reference' } });
  if (link.verdict !== null) throw new DomainError('guard_not_met', { params: { guard: 'link_open' } });
  // What is known of somebody else may not stay in the file: first the departments are asked about this person.
  if (
    verdict === 'different_persons' &&
    (await standingRequests(tx, caseNo)).some(({ origin }) => origin?.linkId === id)
  )
    throw new DomainError('guard_not_met', { params: { guard: 'asked_afresh' } });
  await record(tx, personLinkResolutions, {
    linkId: id,
    caseNo,
    verdict,
    reasonCode,
    staffId,
    commandId,
    occurredOn,
  });
  if ((await openLinks(tx, caseNo)).length === 0) await closeTasks(tx, caseNo, ['same_person'], step.at);
}

/** A named person chooses a fact, or other proof in place of a source that stayed silent. */
export async function adopt(step: CommandContext, given: unknown): Promise<Effect> {
  const { adoptions: entries } = bodyOf('adopt', given);
  await adoptEntries(step, entries);
  return { result: { adopted: entries.length }, auditParams: { adopted: entries.length } };
}

export async function adoptEntries(step: CommandContext, entries: readonly AdoptionEntry[]): Promise<void> {
  const { tx, caseNo, staffId, commandId, occurredOn } = step;
  await replacesWhatStands(step, entries);
  for (const entry of entries) {
    const sources = {
      declaredFactId: entry.declaredFactId ?? null,
      answerFactId: entry.answerFactId ?? null,
      documentId: entry.documentId ?? null,
    };
    if (entry.link) await resolveLink(step, entry.link, entry.reasonCode);
    if (entry.requestId) {
      const request = (await requestsOf(tx, caseNo)).find((row) => row.id === entry.requestId);
      if (request?.outcome !== 'unanswered')
        throw new DomainError('guard_not_met', { params: { guard: 'request_unanswered' } });
      await record(tx, proofAdoptions, {
        id: newId(),
        caseNo,
        requestId: entry.requestId,
        documentId: sources.documentId,
        reasonCode: entry.reasonCode,
        staffId,
        commandId,
        occurredOn,
      });
    }
    if (entry.fact) {
      const { person, ...fact } = entry.fact;
      await record(tx, adoptedFacts, {
        id: newId(),
        caseNo,
        personId: person ?? null,
        ...fact,
        ...sources,
        staffId,
        commandId,
        reasonCode: entry.reasonCode,
        supersedes: entry.supersedes ?? null,
        occurredOn,
      });
    }
  }
  await finishAnsweredTasks(step);
}

/**
 * Where an open question has something adopted already – by rule, or before a source took its answer back – the choice has
 * to say what it takes the place of. Otherwise both would count.
 * @throws {DomainError} `guard_not_met` with `guard: 'supersedes'` and the fact that was passed over
 */
async function replacesWhatStands(
  { tx, caseNo }: StepContext,
  entries: readonly AdoptionEntry[],
): Promise<void> {
  const weighed = await weigh(tx, caseNo, reachOf);
  const open = questionsOf(weighed);
  const chosen = entries.flatMap(({ fact }) =>
    fact ? [{ personId: fact.person ?? null, category: fact.category }] : [],
  );
  const passedOver = weighed.adopted.find(
    (row) =>
      open.some((question) => isAbout(question, row)) &&
      chosen.some((topic) => isAbout(topic, row)) &&
      !entries.some(({ supersedes }) => supersedes === row.id),
  );
  if (passedOver)
    throw new DomainError('guard_not_met', { params: { guard: 'supersedes', fact: passedOver.id } });
}

/** Tasks about questions are closed when no question of their kind is left. */
async function finishAnsweredTasks({ tx, caseNo, at }: StepContext): Promise<void> {
  const left = await openQuestions(tx, caseNo);
  const silent = (await standingRequests(tx, caseNo)).some(
    (row) => row.outcome === 'unanswered' && !row.proofAdopted,
  );
  const kinds = [
    !left.some((q) => q.why === 'contradiction') && 'contradiction',
    !silent && !left.some((q) => q.why === 'unanswered') && 'unanswered',
    left.length === 0 && 'answer_corrected',
  ];
  await closeTasks(
    tx,
    caseNo,
    kinds.filter((kind) => kind !== false),
    at,
  );
}
