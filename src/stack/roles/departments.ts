import { runSimulator } from '../../departments/simulator/run.js';
import type { Config } from '../config.js';
import { createLog } from '../log.js';
import { webhookSecrets } from '../webhook-keys.js';
import type { RunningRole } from './worker.js';

export interface DepartmentsOptions {
  readonly register: string;
  readonly profile: string;
  readonly seed: number;
  readonly port: number;
  /** Where they keep what they know. */
  readonly ledger?: string | undefined;
  /** Business time minus real time at the start. */
  readonly offsetMs?: number | undefined;
}

/** The program that stands in for the departments. It speaks HTTP and nothing else. */
export async function runDepartments(
  config: Config,
  options: DepartmentsOptions,
): Promise<RunningRole & { url: string }> {
  const log = createLog(config, 'departments');
  const { offsetMs, ledger, ...rest } = options;
  const simulator = await runSimulator({
    ...rest,
    host: config.listenHost,
    ...(ledger !== undefined && { ledger }),
    ...(offsetMs !== undefined && { offsetMs }),
    signingSecrets: await webhookSecrets(config),
    report: () => log.debug({ event: 'callback' }, 'callback'),
  });
  return { url: simulator.url, stop: () => simulator.stop(), ended: new Promise(() => {}) };
}
