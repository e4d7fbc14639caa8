import type { Source } from '../contract.js';
import type { SigningKey } from '../signature.js';
import type { BusinessClock } from './business-clock.js';
import type { Registers } from './files.js';
import type { Ledger } from './ledger.js';
import type { Memory } from './memory.js';
import type { PlatformDesk } from './platform-desk.js';
import type { Postman, SimulatorEvent } from './postman.js';

/** What the doors of the simulated departments share. */
export interface AppParts {
  ledger: Ledger;
  /** By their codes. */
  platforms: ReadonlyMap<string, PlatformDesk>;
  postman: Postman;
  memory: Memory;
  clock: BusinessClock;
  realNow: () => number;
  registers: Registers;
  seed: number;
  signingKeys: Readonly<Record<Source, readonly SigningKey[]>>;
  report: (event: SimulatorEvent) => void;
}
