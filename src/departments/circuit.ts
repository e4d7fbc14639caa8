import { BrokenCircuitError, circuitBreaker, CircuitState, ConsecutiveBreaker, handleType } from 'cockatiel';
import type { Asker } from './connector.js';
import { ConnectorFault } from './connector-fault.js';

export interface CircuitOptions {
  /** So many faults in a row break it. */
  readonly faults: number;
  /** Real milliseconds; then one question tries whether the department is back. */
  readonly coolingMs: number;
  /** Real time in milliseconds. */
  readonly realNow?: () => number;
  /** Hears of each change, and of how it stands at the start. */
  readonly tells?: (state: 'open' | 'half_open' | 'closed', realNow: number) => void;
}

/**
 * A connector that leaves a department alone which fails again and again: while the circuit is broken nothing is sent, and
 * one question in a while tries. Each process keeps its own. A refusal is an answer and breaks nothing.
 */
export function withCircuit<Question>(
  connector: Asker<Question>,
  { faults, coolingMs, realNow = Date.now, tells = () => {} }: CircuitOptions,
): Asker<Question> {
  const { source } = connector;
  const collect = connector.collect?.bind(connector);
  const policy = circuitBreaker(handleType(ConnectorFault), {
    halfOpenAfter: coolingMs,
    breaker: new ConsecutiveBreaker(faults),
  });
  let brokenAt = 0;
  policy.onBreak(() => {
    brokenAt = realNow();
    tells('open', brokenAt);
  });
  policy.onHalfOpen(() => tells('half_open', realNow()));
  policy.onReset(() => tells('closed', realNow()));
  tells('closed', realNow());
  const left = (): number => brokenAt + coolingMs - realNow();
  const broken = (): ConnectorFault =>
    new ConnectorFault({ source, fault: 'circuit_open', retryAfterMs: Math.max(left(), 1_000) });
  const guarded = <T>(work: () => Promise<T>): Promise<T> =>
    policy.execute(work).catch((error: unknown) => {
      throw error instanceof BrokenCircuitError ? broken() : error;
    });
  return {
    ...connector,
    ready() {
      if (policy.state === CircuitState.Open && left() > 0) throw broken();
      connector.ready?.();
    },
    ask: (request) => guarded(() => connector.ask(request)),
    ...(collect && { collect: (requestId) => guarded(() => collect(requestId)) }),
  };
}
