import type { DeskActivities, OnCase } from '../../src/activities/desk.js';
import type { LookupActivities } from '../../src/activities/lookup.js';
import { immediateClocks, landsIn, rowsFor, type ProcedureTable } from '../../src/policy/procedure.js';
import { instant, type CaseView, type Turn } from '../../src/terms/index.js';
import { Signpost } from '../bare/signpost.js';
import { firstRow } from './shape.js';

type AnyTable = ProcedureTable<string, string, string, string>;
type Trigger = 'command' | 'answer' | 'due';

interface MemoryCase {
  state: string;
  turn: Turn;
  version: number;
  clocks: { readonly id: string; readonly code: string; readonly dueAt: number }[];
  /** By id, while unsettled. */
  readonly commands: Map<string, string>;
  readonly answers: Set<string>;
  lookups: string[];
  /** The stage whose run has read the record. */
  openedIn: string | undefined;
}

export interface MemoryOptions {
  readonly table: AnyTable;
  readonly begin: string;
  /** Questions that are due when the lookups begin. */
  readonly questions: number;
  /** The clock that says so. */
  readonly asksFrom: string;
  /** Milliseconds of clocks that the driver waits for; all others are days away. */
  readonly waits: Readonly<Record<string, number>>;
}

const FAR_MS = 20 * 86_400_000;

/**
 * The desk's activities over a record in memory: a case moves by the rows of the table, its clocks start and end as
 * the table says, and every view tells what a view of the real record would.
 */
export class MemoryRecord {
  readonly #cases = new Map<string, MemoryCase>();

  constructor(
    private readonly options: MemoryOptions,
    readonly seen: Signpost,
  ) {}

  create(caseNo: string): void {
    this.#cases.set(caseNo, {
      state: this.options.begin,
      turn: 'township',
      version: 1,
      clocks: [],
      commands: new Map(),
      answers: new Set(),
      lookups: [],
      openedIn: undefined,
    });
  }

  storeCommand(caseNo: string, id: string, kind: string): void {
    this.#case(caseNo).commands.set(id, kind);
  }

  storeAnswer(caseNo: string, id: string): void {
    this.#case(caseNo).answers.add(id);
  }

  stateOf(caseNo: string): string {
    return this.#case(caseNo).state;
  }

  /** What a worker registers. */
  activities(): DeskActivities & LookupActivities {
    return {
      openRecord: (on, answers) => {
        const file = this.#case(on.record);
        const stage = this.options.table.stageOf[file.state];
        // A run reads again when its questions have left: only the first reading begins a stage.
        if (file.openedIn !== stage) this.seen.reached(`open ${on.record}`);
        file.openedIn = stage;
        // Like the record's: answers that wait are told where a run begins.
        return this.#answer('view', on).then((view) => ({
          ...view,
          answers: answers === 'left_to_the_desk' ? [] : [...file.answers],
        }));
      },
      applyCommand: (on, id) => {
        const file = this.#case(on.record);
        const kind = file.commands.get(id);
        if (kind !== undefined) {
          file.commands.delete(id);
          this.#move(file, on, 'command', kind);
        }
        this.seen.reached(`apply ${on.record}`);
        const view = viewOf(on.record, file, this.options.table);
        return Promise.resolve({ receipt: { id, status: 'applied' as const, state: file.state }, view });
      },
      fireClock: (on, clockId) => {
        const file = this.#case(on.record);
        const clock = file.clocks.find((each) => each.id === clockId);
        if (clock && clock.dueAt <= on.at) {
          file.clocks = file.clocks.filter((each) => each !== clock);
          const row = rowsFor(this.options.table, file.state, { on: 'due', name: clock.code }).find(
            (each) => !each.later,
          );
          if (row) this.#move(file, on, 'due', clock.code);
        }
        return this.#answer('fire', on);
      },
      readAnswer: (on, id) => {
        const file = this.#case(on.record);
        if (file.answers.delete(id)) this.#move(file, on, 'answer', 'department_answer');
        return this.#answer('read', on);
      },
      parkAnswer: (on, id, reason) => {
        throw new Error(`${on.record} parked ${id}: ${reason}`);
      },
      callOperator: (on, problem) => {
        throw new Error(`${on.record} called an operator: ${problem}`);
      },
      askDepartment: ({ record, requestId }) => {
        const file = this.#case(record);
        file.lookups = file.lookups.filter((each) => each !== requestId);
        this.seen.reached(`ask ${record}`);
        return Promise.resolve('accepted');
      },
    };
  }

  #case(caseNo: string): MemoryCase {
    const file = this.#cases.get(caseNo);
    if (!file) throw new Error(`no case ${caseNo}`);
    return file;
  }

  #answer(what: string, on: OnCase): Promise<CaseView> {
    this.seen.reached(`${what} ${on.record}`);
    return Promise.resolve(viewOf(on.record, this.#case(on.record), this.options.table));
  }

  #move(file: MemoryCase, on: OnCase, trigger: Trigger, name: string): void {
    const { table, waits, asksFrom, questions } = this.options;
    const row = firstRow(table, file.state, trigger, name);
    const to = landsIn(row, file.state);
    file.state = to;
    file.turn = row.turn === 'same' ? file.turn : row.turn;
    file.version += 1;
    const atOnce: readonly string[] = immediateClocks(table, to);
    const here = (row.due ?? []).filter((code) => table.clocks[code]?.onlyWhere === undefined);
    const started = here.map((code) => ({
      id: crypto.randomUUID(),
      code,
      dueAt: on.at + (atOnce.includes(code) ? 0 : (waits[code] ?? FAR_MS)),
    }));
    file.clocks = [...file.clocks, ...started]
      .filter(({ code }) => table.clocks[code]?.runsIn.includes(to))
      .filter(({ code }) => !table.clocks[code]?.endedBy?.includes(name))
      .toSorted((a, b) => a.dueAt - b.dueAt);
    if (name === asksFrom) file.lookups = Array.from({ length: questions }, () => crypto.randomUUID());
  }
}

function viewOf(record: string, file: MemoryCase, table: AnyTable): CaseView {
  const open = !table.closed.includes(file.state);
  return {
    record,
    state: file.state,
    turn: file.turn,
    open,
    version: file.version,
    clocks: open ? file.clocks.map((clock) => ({ ...clock, dueAt: instant(clock.dueAt) })) : [],
    commands: [...file.commands].map(([id, kind]) => ({ id, kind })),
    answers: [],
    lookups: open ? file.lookups : [],
  };
}
