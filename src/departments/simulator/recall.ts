import { isDeepStrictEqual } from 'node:util';
import { mergeRegisters } from './registers.js';
import type { BusinessClock } from './business-clock.js';
import type { Profiles, Registers } from './files.js';
import type { Arrival, Ledger } from './ledger.js';
import type { Happening, Memory } from './memory.js';

export interface Beginning {
  memory: Memory;
  ledger: Ledger;
  clock: BusinessClock;
  seed: number;
  profiles: Profiles;
  registers: Registers;
}

/**
 * Lets a new life know what the lives before it knew, by going through it once more: the same questions at the same
 * moments under the same seed write the same letters.
 * @returns the registers as they are now
 */
export function recall({ memory, ledger, clock, seed, profiles, registers }: Beginning): Registers {
  const arrivals = new Map<string, Arrival>();
  const asked = new Map<string, Extract<Happening, { kind: 'asked' }>['request']>();
  let known: Registers = registers;
  let begun: Extract<Happening, { kind: 'begun' }> | undefined;

  const begin = (life: Extract<Happening, { kind: 'begun' }>): void => {
    begun = life;
    known = life.registers;
    ledger.begin(life);
  };

  for (const happening of memory.past) {
    switch (happening.kind) {
      case 'begun':
        begin(happening);
        break;
      case 'registers':
        known =
          happening.mode === 'replace' ? happening.registers : mergeRegisters(known, happening.registers);
        break;
      case 'profile':
        ledger.setProfile(happening.source, happening.profile);
        break;
      case 'clock':
        clock.move(happening.offsetMs, 'onwardOnly');
        break;
      case 'asked': {
        const { request } = happening;
        const arrival = ledger.arrive(request);
        if (arrival === 'conflict') break;
        arrivals.set(request.requestId, arrival);
        asked.set(request.requestId, request);
        break;
      }
      case 'taken': {
        const arrival = arrivals.get(happening.requestId);
        const request = asked.get(happening.requestId);
        if (arrival && request) ledger.take(arrival, request, known, happening.at);
        break;
      }
      case 'sent':
        ledger.settle(happening.webhookId, happening.copiesLeft);
    }
  }
  const life = plain({ kind: 'begun', seed, profiles, registers } as const);
  if (!begun || !isDeepStrictEqual(begun, life)) {
    begin(life);
    memory.keep(life);
  }
  return known;
}

/** As it will be read back: a property that is undefined is none. */
const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
