import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  defineUpdate,
  isCancellation,
  patched,
  proxyLocalActivities,
  setHandler,
} from '@temporalio/workflow';
import { Mutex } from 'async-mutex';
import type { DeskActivities } from '../activities/desk.js';
import { admission, immediateClocks, type ProcedureTable } from '../policy/procedure.js';
import {
  ANSWER_SIGNAL,
  COMMAND_UPDATE,
  REFRESH_SIGNAL,
  STANDING_QUERY,
  type CaseView,
  type CommandMessage,
  type CommandReceipt,
  type DeskInput,
  type Standing,
} from '../terms/desk.js';
import { instant, type Instant } from '../terms/dates.js';

/** Steps that only write the case file: local, idempotent by id, tried until Postgres is there. */
const record = proxyLocalActivities<DeskActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '200 milliseconds', backoffCoefficient: 2, maximumInterval: '30 seconds' },
});

export const commandUpdate = defineUpdate<CommandReceipt, [CommandMessage]>(COMMAND_UPDATE);
export const answerSignal = defineSignal<[string]>(ANSWER_SIGNAL);
/** For operators and parity only: screens read Postgres. */
export const standingQuery = defineQuery<Standing | null>(STANDING_QUERY);
export const refreshSignal = defineSignal(REFRESH_SIGNAL);

type AnyTable = ProcedureTable<string, string, string, string>;
/** One function per stage of the story. Each returns when the case has left its stage. */
export type Stages<Stage extends string> = Readonly<Record<Stage, (desk: Desk) => Promise<void>>>;

/** How long a timer may be at most: what lies further off is looked at again then. */
const LONGEST_WAIT_MS = 366 * 86_400_000;

/**
 * Takes the place behind the window: handlers first, then stage, clocks and unread commands from the record. A run
 * that begins in the middle of a case – after continue-as-new, a redrive, a restore – takes the same path.
 */
export async function openDesk<Stage extends string>(
  input: DeskInput,
  table: AnyTable,
  stages: Stages<Stage>,
): Promise<Desk> {
  const desk = new Desk(input, table, stages);
  await desk.open();
  return desk;
}

/** What all procedures share: commands by id, answers by id, clocks, and never ending *Failed*. */
export class Desk {
  #view: CaseView | undefined;
  #refresh = false;
  readonly #answers: string[] = [];
  readonly #hands = new Mutex();

  constructor(
    private readonly input: DeskInput,
    private readonly table: AnyTable,
    private readonly stages: Stages<string>,
  ) {
    setHandler(commandUpdate, (message) => this.#perform(message), {
      validator: (message) => this.#admit(message),
    });
    setHandler(answerSignal, (id) => void this.#answers.push(id));
    setHandler(standingQuery, () =>
      this.#view ? { state: this.#view.state, version: this.#view.version } : null,
    );
    setHandler(refreshSignal, () => {
      this.#refresh = true;
    });
  }

  get view(): CaseView {
    if (!this.#view) throw new Error('the record has not been read yet');
    return this.#view;
  }

  get isOpen(): boolean {
    return this.view.open;
  }

  /** Business time: workflow time and the offset that the chain of runs began with. */
  now(): Instant {
    return instant(Date.now() + this.input.offsetSeconds * 1000);
  }

  async open(): Promise<void> {
    for (;;) {
      try {
        await this.#alone(() => record.openRecord(this.#on()));
        return await this.#settle();
      } catch (error) {
        if (isCancellation(error)) throw error;
        await this.#waitForOperator(error);
        this.#refresh = false;
      }
    }
  }

  /** One stage of the story; then a new run, so that no history outgrows a case that lives for months. */
  async advance(): Promise<void> {
    const stage = this.table.stageOf[this.view.state];
    const tell = stage === undefined ? undefined : this.stages[stage];
    try {
      if (!tell) throw ApplicationFailure.nonRetryable('no stage for this state', 'defect');
      await tell(this);
    } catch (error) {
      if (isCancellation(error)) throw error;
      await this.#waitForOperator(error);
    }
    await condition(allHandlersFinished);
    if (this.isOpen) await continueAsNew<(input: DeskInput) => Promise<void>>(this.input);
  }

  /**
   * The case is over. Who brought a command while the record was being read still gets its outcome from this run: an
   * Update that was accepted is never left without an end.
   */
  async close(): Promise<void> {
    if (!allHandlersFinished() && patched('close-answers-updates')) await condition(allHandlersFinished);
  }

  /** Waits for people, departments and clocks until the case has left the stage it is in. */
  async untilStageLeft(): Promise<void> {
    const stage = this.table.stageOf[this.view.state];
    while (this.isOpen && this.table.stageOf[this.view.state] === stage) await this.#turn(stage);
  }

  /** Runs beside {@link untilStageLeft} and is dropped when the stage is left. Its failure is an operator's, not the case's. */
  async besides(work: () => Promise<void>): Promise<void> {
    const scope = new CancellationScope();
    const running = scope.run(work).catch(async (error: unknown) => {
      if (!isCancellation(error)) await this.sideWorkFailed();
    });
    await this.untilStageLeft();
    scope.cancel();
    await running;
  }

  /** Something beside the stage could not be done: an operator is told, the case goes on. */
  async sideWorkFailed(): Promise<void> {
    await this.#callOperator('side_work_failed');
  }

  /** Reads the record again, for work that changed it outside the desk. */
  async reread(): Promise<void> {
    await this.#alone(() => record.openRecord(this.#on(), 'left_to_the_desk'));
  }

  #on() {
    return { procedure: this.input.procedure, record: this.input.record, at: this.now() };
  }

  /** Asks the table, synchronously. A refusal leaves no event; the caller writes it to the command. */
  #admit({ kind }: CommandMessage): void {
    if (!this.#view) return;
    if (!this.#view.open) throw ApplicationFailure.nonRetryable('case_closed', 'case_closed');
    const verdict = admission(this.table, this.#view.state, kind);
    if (verdict !== 'possible') throw ApplicationFailure.nonRetryable(verdict, verdict);
  }

  async #perform({ id }: CommandMessage): Promise<CommandReceipt> {
    await condition(() => this.#view !== undefined);
    return this.#hands.runExclusive(async () => {
      const receipt = await this.#apply(id);
      await this.#fireImmediate();
      return { ...receipt, state: this.view.state };
    });
  }

  async #apply(id: string): Promise<CommandReceipt> {
    try {
      const { receipt, view } = await record.applyCommand(this.#on(), id);
      this.#view = view;
      return receipt;
    } catch (error) {
      if (isCancellation(error)) throw error;
      // The command stays stored and unsettled: an operator looks, nobody's request is lost.
      this.#view = { ...(await record.callOperator(this.#on(), 'command_failed')), commands: [] };
      return { id, status: 'waiting', state: this.view.state };
    }
  }

  async #alone(step: () => Promise<CaseView>): Promise<void> {
    await this.#hands.runExclusive(async () => {
      this.#view = await step();
    });
  }

  /** Everything that is already there: steps the procedure takes by itself, stored commands, unread answers. */
  async #settle(): Promise<void> {
    await this.#hands.runExclusive(async () => {
      if (this.#refresh) {
        this.#refresh = false;
        this.#view = await record.openRecord(this.#on());
      }
      const told = this.view.answers;
      await this.#fireImmediate();
      for (const { id } of this.view.commands) {
        await this.#apply(id);
        await this.#fireImmediate();
      }
      const unread = new Set([...told, ...this.view.answers, ...this.#answers.splice(0)]);
      for (const id of unread) await this.#read(id);
    });
  }

  /** One answer that nobody can read stops neither its case nor the answers behind it. */
  async #read(id: string): Promise<void> {
    try {
      this.#view = await record.readAnswer(this.#on(), id);
    } catch (error) {
      if (isCancellation(error) || !patched('answers-are-parked')) throw error;
      this.#view = await record.parkAnswer(this.#on(), id, problemOf(error, 'unreadable'));
    }
  }

  async #fireImmediate(): Promise<void> {
    for (;;) {
      const codes = immediateClocks(this.table, this.view.state);
      const clock = this.view.open ? this.view.clocks.find((each) => codes.includes(each.code)) : undefined;
      if (!clock) return;
      this.#view = await record.fireClock(this.#on(), clock.id);
    }
  }

  /** One wait: until a message came, the stage was left, or the next clock ran out. */
  async #turn(stage: string | undefined): Promise<void> {
    const [next] = this.view.clocks;
    const version = this.view;
    const woken = () =>
      this.#refresh ||
      this.#answers.length > 0 ||
      this.#view !== version ||
      this.table.stageOf[this.view.state] !== stage;
    if (!next) await condition(woken);
    else if (next.dueAt > this.now())
      await condition(woken, Math.min(next.dueAt - this.now(), LONGEST_WAIT_MS));
    await this.#settle();
    await this.#hands.runExclusive(async () => {
      for (const clock of this.view.clocks.filter((each) => each.dueAt <= this.now())) {
        if (this.isOpen) this.#view = await record.fireClock(this.#on(), clock.id);
      }
      await this.#fireImmediate();
    });
  }

  /** What can't proceed opens a task and waits for a refresh; the case itself never fails. */
  async #waitForOperator(error: unknown): Promise<void> {
    await this.#callOperator(problemOf(error, 'stage_failed'));
    await condition(() => this.#refresh);
  }

  async #callOperator(problem: string): Promise<void> {
    try {
      await this.#alone(() => record.callOperator(this.#on(), problem));
    } catch (error) {
      // A record that is gone, as after a restore, can't hold a task either: parity names the execution.
      if (isCancellation(error)) throw error;
    }
  }
}

const problemOf = (error: unknown, otherwise: string): string =>
  error instanceof ApplicationFailure ? (error.type ?? 'failure') : otherwise;
