import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Dispatcher } from '../src/api/ports.js';
import { deliverCommand } from '../src/stack/dispatch.js';
import { COMMAND_UPDATE, workflowId, type CaseNo, type CommandMessage } from '../src/terms/index.js';
import { atCounter, DUTIES, type Counter, type Duty } from './support/counter.js';
import { runsOf } from './support/executions.js';
import { openHouse, type Answer, type TestHouse } from './support/house.js';
import { journeys } from './support/journeys.js';
import { until } from './support/until.js';

/** Whatever happens between the store and the desk, a command is neither lost nor carried out twice. */
let house: TestHouse;
let counter: Counter;
let ways: ReturnType<typeof journeys>;
/** Called when a command has been stored and before anybody brings it to its desk. */
let stored: (() => void) | undefined;
const leaky = (real: Dispatcher): Dispatcher => ({
  ...real,
  deliver: async (command, timeoutMs) => {
    stored?.();
    return real.deliver(command, timeoutMs);
  },
});

beforeAll(async () => {
  house = await openHouse({ dispatcher: leaky });
  counter = atCounter(house);
  ways = journeys(house, counter);
});
afterAll(() => house.close());

interface CommandRow {
  readonly id: string;
  readonly kind: string;
  readonly status: string;
  readonly outcome: { readonly httpStatus: number; readonly code?: string } | null;
}
const { sql } = { sql: (...args: Parameters<TestHouse['database']['reader']['sql']>) => house.database.reader.sql(...args) };
const commandsOf = (caseNo: string): Promise<CommandRow[]> =>
  house.database.reader.sql<CommandRow[]>`SELECT id, kind, status, outcome FROM commands WHERE case_no = ${caseNo} AND kind <> 'submit' ORDER BY id`;
const settled = (caseNo: string, count: number): Promise<CommandRow[]> =>
  until(`${count} settled commands of ${caseNo}`, async () => {
    const rows = await commandsOf(caseNo);
    return rows.length === count && rows.every(({ status }) => status !== 'received') && rows;
  }, 30_000);
/** How often the record says that a command moved the case. */
const timesApplied = async (commandId: string): Promise<number> => {
  const [row] = await house.database.reader.sql<{ n: number }[]>`SELECT count(*)::int AS n FROM transitions WHERE command_id = ${commandId}`;
  return row?.n ?? 0;
};
const idOf = (answer: Answer): string => String(answer.json['commandId']);
const give = async (caseNo: string, duty: Duty, key?: string): Promise<Answer> =>
  counter.send(DUTIES[duty].who, caseNo, DUTIES[duty].path, DUTIES[duty].body, { key });
