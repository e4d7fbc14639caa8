import { raiseSignal } from '../../src/casefile/lookup-signals.js';
import { inCasefile } from '../../src/casefile/tx.js';
import { member } from '../support/household.js';
import { on } from '../support/walk.js';
import { ELSEWHERE, TODAY, type Call } from '../support/contract-site.js';
import { requestsOf } from '../../src/casefile/evidence.js';
import { newId } from '../../src/casefile/record.js';
import { writeAnswersFile } from '../../src/departments/batch-file.js';
import { addDays, plainDate, type Id } from '../../src/terms/index.js';
import type { Body, Its } from './preparation.js';

/** The township of the test's own people, where cooperations of `elsewhere` are asked. */
const HERE = '441625103';

/** What was made, by the person who may make it. @throws when it was refused: then nothing can be tried with it */
async function made(answer: Promise<{ status: number; json: Body }>): Promise<Body> {
  const { status, json } = await answer;
  if (status >= 300) throw new Error(`a preparation was refused: ${status} ${JSON.stringify(json)}`);
  return json;
}
const byWindow = ({ site }: Its, call: Call): Promise<Body> => made(site.as('window_clerk', call));
const onCase = (its: Its, path: string, body: Body): Promise<Body> =>
  byWindow(its, { path: `/v1/cases/${its.caseNo}/${path}`, body: { occurredOn: TODAY, ...body } });
const id = (from: Body, name: string): string => String(from[name]);

/** The applicant's id, as the case page shows it. */
export async function applicant({ site, caseNo }: Its): Promise<string> {
  return id(await made(site.as('supervisor', { path: `/v1/cases/${caseNo}` })), 'applicantId');
}

/** A paper, handed in at the window: its id, and the command that stored it. */
export const uploaded = (its: Its): Promise<Body> =>
  onCase(its, 'documents', { kind: 'income_proof', content: Buffer.from('工资单').toString('base64') });
export const documentId = async (its: Its): Promise<string> => id(await uploaded(its), 'documentId');

/** A report about the case. */
export const reportId = async (its: Its): Promise<string> => {
  const text = '该户长期不在本村居住。';
  const report = { groundCode: 'lives_elsewhere', channel: 'window', realName: false, text };
  await onCase(its, 'reports', report);
  const { items } = await byWindow(its, { path: `/v1/cases/${its.caseNo}/reports` });
  return (items as readonly { id: string }[]).at(-1)?.id ?? '';
};

/** The warning of a case at `warned`. */
export async function warningId(its: Its): Promise<string> {
  const { warnings } = await byWindow(its, { path: `/v1/cases/${its.caseNo}` });
  return (warnings as readonly { id: string }[])[0]?.id ?? '';
}

const cooperationAsked = async (its: Its, division: string, call: (call: Call) => Promise<Body>) => {
  const body = { occurredOn: TODAY, division, duty: 'home_visit', person: await applicant(its) };
  return id(await call({ path: `/v1/cases/${its.caseNo}/cooperations`, body }), 'cooperationId');
};
/** The window asks the other township. */
export const cooperationThere = (its: Its): Promise<string> =>
  cooperationAsked(its, ELSEWHERE, (call) => byWindow(its, call));
/** The other township asks this one about a case at `elsewhere`. */
export const cooperationHere = async (its: Its): Promise<string> => {
  const token = await its.site.house.token('otherClerk');
  return cooperationAsked(its, HERE, (call) => made(its.site.asToken(token, call)));
};

/** A question that was answered, and not asked again yet. */
export async function answeredQuestion({ site, caseNo }: Its): Promise<string> {
  const asked = await site.walker.inside(caseNo, TODAY, (tx) => requestsOf(tx, caseNo));
  const again = new Set(asked.map(({ againOf }) => againOf));
  const found = asked.find(
    ({ id, outcome }) => (outcome === 'found' || outcome === 'none') && !again.has(id),
  );
  if (!found) throw new Error(`${caseNo} has no answer to look at again`);
  return found.id;
}

/** A file of the bank in which nothing is answered. */
export const emptyAnswersFile = (): Body => {
  const head = { fileId: newId() as Id, source: 'bank', madeAt: `${TODAY}T09:00:00+08:00` };
  return { source: 'bank', content: Buffer.from(writeAnswersFile(head, [])).toString('base64') };
};

/** The question to the bank about a case that is looked into. */
export async function questionToBank({ site, caseNo }: Its): Promise<string> {
  const asked = await site.walker.inside(caseNo, TODAY, (tx) => requestsOf(tx, caseNo));
  const found = asked.find(({ source }) => source === 'bank');
  if (!found) throw new Error(`${caseNo} has not asked the bank`);
  return found.id;
}

/** A question in the inbox: one that is still open, whatever became of the questions of other cases. */
export async function openQuestion({ site, by }: Its): Promise<string> {
  const { items } = await made(site.as(by, { path: '/v1/verification/inbox' }));
  const found = (items as readonly { requestId: string; subject: unknown }[]).find(({ subject }) => subject);
  if (!found) throw new Error(`${by} is asked nothing`);
  return found.requestId;
}

/** The id of the window's open task about the case. */
export async function taskId({ site, caseNo, by }: Its): Promise<string> {
  const { json } = await site.as(by, { path: '/v1/worklist?group=unit&limit=200' });
  const items = json['items'] as readonly { id: string; caseNo: string }[];
  const found = items.find((each) => each.caseNo === caseNo);
  if (!found) throw new Error(`${caseNo} gives ${by} no task`);
  return found.id;
}

/** Somebody's relative, stated by a leader; nobody who applies. */
export const rosterId = async ({ site }: Its): Promise<string> => {
  const body = rosterEntry(site.house.town.staff.otherClerk);
  return id(await made(site.as('township_leader', { path: '/v1/relative-roster', body })), 'rosterId');
};
export const rosterEntry = (handlerId: string): Body => ({
  handlerId,
  division: HERE,
  relative: '王小妹',
  idNumber: member('relative').idNumber,
  relation: 'sibling',
  validFrom: '2026-01-01',
});

let nights = 0;
/** A signal about a clerk of the township, that nobody has concluded. */
export async function signalId({ site }: Its): Promise<string> {
  const { database, town } = site.house;
  const staffId = town.staff.otherClerk;
  nights += 1;
  const key = `night ${nights}`;
  const signal = { kind: 'off_hours', key, from: on(TODAY), to: on(TODAY), params: { files: 5 } } as const;
  const about = { staffId, divisionId: town.divisions[ELSEWHERE] ?? '', signal, at: on(TODAY) };
  const house = { actor: 'system:sweep', on: plainDate(TODAY) } as const;
  await inCasefile(database.casefile, house, (tx) => raiseSignal(tx, about));
  const [row] = await database.reader.sql<{ id: string }[]>`
    SELECT id FROM lookup_signals WHERE staff_id = ${staffId} AND key = ${key}`;
  return row?.id ?? '';
}

let periods = 0;
/** A period that nobody has drawn from: each is drawn from once. */
export function period(): Body {
  periods += 1;
  return { from: addDays(plainDate('2026-01-01'), -periods), to: TODAY };
}
/** A sample of the county, drawn among the cases at `delegated_grant`. */
export const sample = ({ site }: Its): Promise<Body> =>
  made(site.as('county_examiner', { path: '/v1/samples', body: period() }));
export async function drawId(its: Its): Promise<string> {
  const { drawn } = await sample(its);
  const [first] = drawn as readonly { drawId: string }[];
  if (!first) throw new Error('the sample drew nothing');
  return first.drawId;
}

/** The question to the bank about the applicant, answered by a report that is entered here. */
export async function recognisedRequest(its: Its, report: Body): Promise<string> {
  const { site, caseNo } = its;
  const entered = {
    occurredOn: TODAY,
    place: '441621',
    body: '紫金县居民家庭经济状况核对中心',
    reportNo: '紫核〔2026〕18号',
    purpose: 'dibao_means_verification',
    ...report,
  };
  await made(
    site.as('verification_officer', { path: `/v1/cases/${caseNo}/recognised-reports`, body: entered }),
  );
  const { requests } = await byWindow(its, { path: `/v1/cases/${caseNo}` });
  const found = (requests as readonly { id: string; origin: unknown }[]).find(
    ({ origin }) => origin !== null,
  );
  if (!found) throw new Error('the report answered nothing');
  return found.id;
}
