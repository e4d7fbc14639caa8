import { immediateClocks, landsIn, rowsFor, type ProcedureTable } from '../../src/policy/procedure.js';

type AnyTable = ProcedureTable<string, string, string, string>;

/** What happens to a case from outside, in order. Clocks that fall due at once follow by themselves. */
export type Happening =
  | { readonly on: 'command' | 'due'; readonly name: string }
  | { readonly on: 'questions' | 'answers'; readonly count: number };

/** A happening, and the local activities that it costs: its own and one for each clock that falls due at once. */
export type Act = Happening & { readonly records: number };

/** What happens while a case is in one stage: one run of its workflow. */
export interface StageShape {
  readonly stage: string;
  readonly acts: readonly Act[];
  /** A clock runs here, so that the run has a timer. */
  readonly timed: boolean;
}

/** The straight way: a household of `people`, every department answers, nobody objects, the county confirms. */
export const straightWay = (people: number, sources: number): readonly Happening[] => [
  { on: 'command', name: 'accept' },
  { on: 'questions', count: people * sources },
  { on: 'command', name: 'record_visit' },
  { on: 'answers', count: people * sources },
  { on: 'command', name: 'form_opinion' },
  { on: 'command', name: 'post_notice' },
  { on: 'due', name: 'public_notice' },
  { on: 'command', name: 'county_opine' },
  { on: 'command', name: 'confirm' },
  { on: 'command', name: 'give_confirmation_notice' },
  { on: 'command', name: 'publish' },
];

/** What holds for a household without a fault in a place without switches: the row that none of these stops is its own. */
const NOT_HERE = ['delegated', 'notice_not_required', 'second_notice_required', 'refusal_posted'];

/** The first row of a trigger that is in the story, as a household without a fault meets it. */
export function firstRow<T extends AnyTable>(
  table: T,
  state: string,
  on: 'command' | 'answer' | 'due',
  name: string,
): T['rows'][number] {
  const row = rowsFor(table, state, { on, name }).find(
    (each) => !each.later && !each.when?.some((guard) => NOT_HERE.includes(guard)),
  );
  if (!row) throw new Error(`the table has no way from ${state} by ${on} ${name}`);
  return row;
}

/**
 * Walks a way through the table and notes what every stage has to do.
 * @throws when the way does not lead through the table, or not to its end
 */
export function shapeOf(table: AnyTable, begin: string, way: readonly Happening[]): StageShape[] {
  const stages: { stage: string; acts: Act[]; timed: boolean }[] = [];
  let state = begin;
  const running = new Set<string>();
  const take = (on: 'command' | 'answer' | 'due', name: string): void => {
    const row = firstRow(table, state, on, name);
    state = landsIn(row, state);
    // A clock that only some places have is none of the shape.
    for (const code of row.due ?? []) if (table.clocks[code]?.onlyWhere === undefined) running.add(code);
    for (const code of running) if (!table.clocks[code]?.runsIn.includes(state)) running.delete(code);
  };
  for (const happening of way) {
    const stage = table.stageOf[state];
    if (stage === undefined) throw new Error(`no stage for ${state}`);
    if (stages.at(-1)?.stage !== stage) stages.push({ stage, acts: [], timed: running.size > 0 });
    let records = 0;
    if (happening.on === 'command' || happening.on === 'due') {
      take(happening.on, happening.name);
      records = 1;
      for (let due = immediate(table, state, running); due; due = immediate(table, state, running)) {
        running.delete(due);
        take('due', due);
        records += 1;
      }
    } else if (happening.on === 'answers') {
      firstRow(table, state, 'answer', 'department_answer');
      records = happening.count;
    }
    stages.at(-1)?.acts.push({ ...happening, records });
  }
  if (!table.closed.includes(state)) throw new Error(`the way ends at ${state}, which is not the end`);
  return stages;
}

const immediate = (table: AnyTable, state: string, running: ReadonlySet<string>): string | undefined =>
  immediateClocks(table, state).find((code) => running.has(code));
