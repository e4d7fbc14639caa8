import { isDeepStrictEqual } from 'node:util';
import { answerWriter } from './questions.js';
import { mergeRegisters } from './registers.js';
import type { BusinessClock } from './business-clock.js';
import type { Profiles, Registers } from './files.js';
import type { Arrival, Ledger } from './ledger.js';
import type { Happening, Memory } from './memory.js';
import type { PlatformDesk } from './platform-desk.js';

export interface Beginning {
  memory: Memory;
  ledger: Ledger;
  platforms: ReadonlyMap<string, PlatformDesk>;
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
export function recall(beginning: Beginning): Registers {
  const { memory, ledger, platforms, clock, seed, profiles, registers } = beginning;
  const arrivals = new Map<string, Arrival>();
  const asked = new Map<string, Extract<Happening, { kind: 'asked' }>['request']>();
  const inquired = new Map<string, Extract<Happening, { kind: 'inquired' }>['inquiry']>();
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
      case 'inquired': {
        const { inquiry } = happening;
        const arrival = platforms.get(inquiry.platform)?.arrive(inquiry);
        if (arrival === undefined || arrival === 'conflict') break;
        arrivals.set(inquiry.inquiryId, arrival);
        inquired.set(inquiry.inquiryId, inquiry);
        break;
      }
      case 'taken': {
        const arrival = arrivals.get(happening.requestId);
        const request = asked.get(happening.requestId);
        const inquiry = inquired.get(happening.requestId);
        if (arrival && request) ledger.take(arrival, answerWriter(request, known), known, happening.at);
        if (arrival && inquiry) platforms.get(inquiry.platform)?.take(arrival, inquiry, known, happening.at);
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
