/**
 * Thrown when something One Door stands on (Postgres, Temporal, a free state directory) cannot be used. The message
 * says which one and what to do; the process exits 3.
 */
export class DependencyUnavailable extends Error {
  override readonly name: string = 'DependencyUnavailable';
  readonly exitCode = 3;
}

/** Thrown by a second start on a state directory that a live process holds. Exits 3. */
export class StateInUse extends DependencyUnavailable {
  override readonly name = 'StateInUse';
  constructor(
    readonly stateDir: string,
    readonly pid: number,
  ) {
    super(
      `${stateDir} is in use by process ${pid}: stop that one first, or set ONEDOOR_STATE_DIR to another directory`,
    );
  }
}
