import { createHash, randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { applicationDesk } from '../../src/activities/application/index.js';
import { createDeskActivities } from '../../src/activities/desk.js';
import { storeCommand } from '../../src/casefile/commands.js';
import { openPersons } from '../../src/casefile/persons.js';
import { inCasefile } from '../../src/casefile/tx.js';
import {
  APPLICATION,
  APPLICATION_COMMANDS,
  type ApplicationCommand,
  type ApplicationState,
} from '../../src/policy/application.js';
import { STAGE_OF } from '../../src/policy/application-states.js';
import { divisionCode, instant, plainDate, ROLES, type CaseNo, type Role } from '../../src/terms/index.js';
import { openTestApi, type TestApi } from './api.js';
import { on } from './walk.js';

/** One square of the table: somebody who holds only this role gives this command in this state. */
export interface Square {
  readonly state: ApplicationState;
  readonly command: Exclude<ApplicationCommand, 'submit'>;
  readonly role: Role;
}

export const STATES = Object.keys(STAGE_OF) as ApplicationState[];
/** Without the submission: the door itself records it, there is no case to give it to. */
const COMMANDS = APPLICATION_COMMANDS.filter((command) => command !== 'submit');

const rowsOf = (state: ApplicationState, command: string) =>
  APPLICATION.rows.filter(
    (row) => row.on === 'command' && row.name === command && (row.from as readonly string[]).includes(state),
  );
export const isInTable = ({ state, command, role }: Square): boolean =>
  rowsOf(state, command).some((row) => 'role' in row && (row.role as readonly Role[]).includes(role));

/** Roles within a case: whoever only answers for a department has no part in any. */
export const WITHIN = ROLES.filter((role) => role !== 'department_verifier');
const ALL: readonly Square[] = STATES.flatMap((state) =>
  COMMANDS.flatMap((command) => WITHIN.map((role) => ({ state, command, role }))),
);
export const INSIDE = ALL.filter(isInTable);
export const OUTSIDE = ALL.filter((square) => !isInTable(square));

const TODAY = plainDate('2026-03-10');
const NOW = on(TODAY);
const COUNTY = '441625';

export interface TableWalk {
  /** Puts the case into a state, gives every command of these squares, and says what the file has more than before. */
  refuseAll(state: ApplicationState, squares: readonly Square[]): Promise<Sweep>;
  /** What the case page offers a holder of the role in a state. */
  offered(state: ApplicationState, role: Role): Promise<string[]>;
  close(): Promise<void>;
}

export interface Sweep {
  /** How each square was answered, in order: the code of its refusal, or what its command came to. */
  readonly answers: readonly string[];
  /** Rows more than before by table; tables without any are left out. */
  readonly grown: Readonly<Record<string, number>>;
  /** Events of the case's audit chain that were written, by code. */
  readonly events: Readonly<Record<string, number>>;
  /** The row of `case_state` is the same to the last column. */
  readonly unmoved: boolean;
}

/** What the table says about a square outside it. */
export function refusalOf({ state, command }: Square): string {
  if (rowsOf(state, command).length > 0) return 'forbidden';
  return (APPLICATION.closed as readonly string[]).includes(state) ? 'case_closed' : 'not_allowed_now';
}

/** One case under investigation, which is then stood anywhere, and one newcomer for each role in its county. */
export async function openTableWalk(): Promise<TableWalk> {
  const api = await openTestApi();
  const { database, walker, rulebook } = api.record;
  const caseNo = await walker.walkTo('investigating');
  const asked = await askForHelp(api, caseNo);
  const holders = new Map<Role, { subject: string; staffId: string }>();
  for (const role of WITHIN) {
    const subject = await api.hire(role, COUNTY);
    const [row] = await database.admin.sql<{ id: string }[]>`SELECT id FROM staff WHERE subject = ${subject}`;
    holders.set(role, { subject, staffId: row?.id ?? '' });
  }
  const holder = (role: Role) => {
    const found = holders.get(role);
    if (!found) throw new Error(`nobody holds ${role}`);
    return found;
  };
  const desk = createDeskActivities({
    casefile: database.casefile,
    rulebook: () => rulebook,
    procedures: { application: applicationDesk },
  });

  /** As the administrator: no step led here, which matters to nobody who is refused. */
  const stand = async (state: ApplicationState): Promise<void> => {
    const open = !(APPLICATION.closed as readonly string[]).includes(state);
    await database.admin
      .sql`UPDATE case_state SET state = ${state}, open = ${open} WHERE case_no = ${caseNo}`;
  };

  async function give({ command, role }: Square): Promise<string> {
    // Only what the desk reads before it asks the table.
    const body = { occurredOn: TODAY, ...(command === 'report_cooperation' && { cooperationId: asked }) };
    const text = JSON.stringify(body);
    const acting = { actor: `staff:${holder(role).staffId}`, on: TODAY } as const;
    const id = await inCasefile(database.casefile, acting, (tx) =>
      storeCommand(tx, {
        caseNo,
        method: 'POST',
        path: `/v1/cases/${caseNo}/${command}`,
        idempotencyKey: randomUUID(),
        fingerprint: createHash('sha256').update(text).digest('hex'),
        kind: command,
        body: text,
        occurredOn: TODAY,
        receivedAt: NOW,
        realNow: instant(Date.now()),
      }),
    );
    await desk.applyCommand({ procedure: 'application', record: caseNo, at: NOW }, id);
    return id;
  }

  /** What commands came to, in the order of their ids: the code of a refusal, or their status. */
  async function cameTo(ids: readonly string[]): Promise<string[]> {
    const rows = await database.admin.sql<{ id: string; answer: string }[]>`
      SELECT id, CASE WHEN status = 'rejected' THEN outcome ->> 'code' ELSE status::text END AS answer FROM commands
      WHERE case_no = ${caseNo}`;
    const answers = new Map(rows.map(({ id, answer }) => [id, answer]));
    return ids.map((id) => answers.get(id) ?? 'lost');
  }

  const stateRow = async () => {
    const [row] = await database.admin.sql`SELECT * FROM case_state WHERE case_no = ${caseNo}`;
    return row;
  };
  const counts = async (): Promise<Record<string, number>> => {
    const tables = await database.admin.db.execute<{ name: string; rows: number }>(sql`
      SELECT tablename AS name,
        (xpath('/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM %I', tablename), false, true, '')))[1]::text::int AS rows
      FROM pg_tables WHERE schemaname = 'public'`);
    return Object.fromEntries(tables.map(({ name, rows }) => [name, rows]));
  };
  const events = async (): Promise<Record<string, number>> => {
    const rows = await database.admin.sql<{ code: string; n: number }[]>`
      SELECT code, count(*)::int AS n FROM audit_events WHERE chain = ${caseNo} GROUP BY 1`;
    return Object.fromEntries(rows.map(({ code, n }) => [code, n]));
  };

  return {
    async refuseAll(state, squares) {
      await stand(state);
      const before = { rows: await counts(), events: await events(), state: await stateRow() };
      const given: string[] = [];
      for (const square of squares) given.push(await give(square));
      return {
        answers: await cameTo(given),
        grown: growth(before.rows, await counts()),
        events: growth(before.events, await events()),
        unmoved: JSON.stringify(before.state) === JSON.stringify(await stateRow()),
      };
    },
    async offered(state, role) {
      await stand(state);
      const { status, json } = await api.call(holder(role).subject, 'GET', `/v1/cases/${caseNo}`);
      expect(status).toBe(200);
      return (json['actions'] as { command: string }[]).map(({ command }) => command);
    },
    close: () => api.close(),
  };
}

const growth = (
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
): Record<string, number> =>
  Object.fromEntries(
    Object.entries(after)
      .map(([name, n]) => [name, n - (before[name] ?? 0)] as const)
      .filter(([, n]) => n !== 0),
  );

/** Another township is asked to help. @returns the id of its cooperation, which its report has to name */
async function askForHelp(api: TestApi, caseNo: CaseNo): Promise<string> {
  const { walker } = api.record;
  const people = await walker.inside(caseNo, TODAY, (tx) => openPersons(tx, caseNo));
  const { outcome } = await walker.act(
    'clerk',
    caseNo,
    'request_cooperation',
    { division: divisionCode('441625104'), duty: 'home_visit', person: people[0]?.id ?? '' },
    on('2026-03-05'),
  );
  return String(outcome?.result?.['cooperationId']);
}
