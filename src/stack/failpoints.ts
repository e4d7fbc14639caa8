import { NO_FAILPOINTS, type Failpoint, type Failpoints } from '../terms/index.js';

/** Where a process shall die: at the nth passing of a failpoint. */
export interface ArmedFailpoint {
  readonly name: Failpoint;
  readonly nth: number;
}

/** As `kill -9` from outside: nothing is flushed, closed or said. */
const killOneself = (): void => void process.kill(process.pid, 'SIGKILL');

/** @param die replaced by tests, which want to live on */
export function createFailpoints(
  armed: ArmedFailpoint | undefined,
  die: () => void = killOneself,
): Failpoints {
  if (!armed) return NO_FAILPOINTS;
  let passed = 0;
  return {
    pass(name) {
      if (name !== armed.name) return;
      passed += 1;
      if (passed === armed.nth) die();
    },
  };
}
