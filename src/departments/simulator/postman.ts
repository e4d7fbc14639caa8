import { setTimeout as sleep } from 'node:timers/promises';
import { signBody } from '../signature.js';
import { addDelivery } from './letters.js';
import { signerOf } from './signers.js';
import type { Instant } from '../../terms/dates.js';
import type { Source } from '../contract.js';
import type { SigningKey } from '../signature.js';
import type { Ledger } from './ledger.js';
import type { Letter } from './letters.js';

/** What the simulator tells whoever runs it: ids, status and error names only. `status` is absent when nobody answered. */
export type SimulatorEvent =
  | { kind: 'delivered' | 'undelivered'; source: Source; requestId: string; status?: number; error?: unknown }
  | { kind: 'fault'; error: unknown };

export interface PostmanOptions {
  ledger: Ledger;
  now: () => Instant;
  realNow: () => number;
  /** The first key of each source signs. */
  signingKeys: Readonly<Record<Source, readonly SigningKey[]>>;
  report: (event: SimulatorEvent) => void;
  /** Told of every letter that has fewer copies left than before. */
  settled: (letter: Letter) => void;
  stopped: AbortSignal;
}

export interface Postman {
  /**
   * Sends every letter that is due and resolves when each has been attempted, delivered or not.
   * `patiently` leaves alone what failed a moment ago.
   */
  deliver(mode: 'all' | 'patiently'): Promise<void>;
  /** Sends these now, due or not, and resolves when each has been attempted. */
  send(letters: readonly Letter[]): Promise<void>;
}

const TIMEOUT_MS = 5_000;
/** Real pauses between the tries of one round: long enough for a restarted listener, short enough to wait for. */
const PAUSES_MS = [100, 300];
const LONGEST_PAUSE_MS = 60_000;

/** Letters on their way at once: a house that comes back is not run over by everything that has waited for it. */
const AT_ONCE = 16;

/**
 * Keeps every letter until somebody has taken it with a 2xx, for as long as the process lives. Letters that do not
 * insist, because they are forged or broken, are given up after one round, and at once when they are refused (4xx).
 */
export function createPostman(options: PostmanOptions): Postman {
  const { ledger, now, realNow, signingKeys, report, settled, stopped } = options;
  const underway = new Map<Letter, Promise<void>>();
  const inTurn = atOnce(AT_ONCE);

  async function post(letter: Letter): Promise<'taken' | 'refused' | 'failed'> {
    const { source, requestId, callbackUrl, webhookId } = letter;
    const body = letter.body();
    const signature = signBody({
      key: signerOf(letter, signingKeys),
      id: webhookId,
      realNow: realNow() - letter.signedAgoMs,
      body,
    });
    const told = (status: number | null): void => {
      addDelivery(letter, { at: now(), status });
    };
    const about = { source, requestId };
    try {
      const response = await fetch(callbackUrl, {
        method: 'POST',
        headers: { ...letter.headers, ...signature },
        body,
        redirect: 'manual',
        signal: AbortSignal.any([stopped, AbortSignal.timeout(TIMEOUT_MS)]),
      });
      await response.body?.cancel();
      const { ok, status } = response;
      told(status);
      report({ kind: ok ? 'delivered' : 'undelivered', ...about, status });
      if (ok) return 'taken';
      return status >= 400 && status < 500 ? 'refused' : 'failed';
    } catch (error) {
      told(null);
      report({ kind: 'undelivered', ...about, error });
      return 'failed';
    }
  }

  /** One round: every copy that is left, with pauses after failures; gives up early and keeps the rest for later. */
  async function round(letter: Letter): Promise<void> {
    let tries = 0;
    while (letter.copiesLeft > 0 && !stopped.aborted) {
      const outcome = await post(letter);
      if (outcome === 'taken') {
        letter.copiesLeft -= 1;
        settled(letter);
        continue;
      }
      if (outcome === 'refused' && !letter.insists) break;
      const pause = PAUSES_MS[tries];
      tries += 1;
      if (pause === undefined) break;
      await sleep(pause, undefined, { signal: stopped }).catch(() => undefined);
    }
    if (!letter.insists && letter.copiesLeft > 0) {
      letter.copiesLeft = 0;
      settled(letter);
    }
    if (letter.copiesLeft === 0) return;
    letter.failures += 1;
    letter.notBefore = realNow() + Math.min(LONGEST_PAUSE_MS, 1000 * 2 ** Math.min(letter.failures - 1, 6));
  }

  function begin(letter: Letter): Promise<void> {
    const running = underway.get(letter);
    if (running !== undefined) return running;
    const started = inTurn(() => round(letter)).finally(() => underway.delete(letter));
    underway.set(letter, started);
    return started;
  }

  /** Letters of one question in the order they were due, of different questions at once. */
  async function sendAll(letters: readonly Letter[]): Promise<void> {
    const ofQuestion = new Map<string, Letter[]>();
    for (const letter of letters) {
      const own = ofQuestion.get(letter.requestId) ?? [];
      ofQuestion.set(letter.requestId, [...own, letter]);
    }
    await Promise.all(
      [...ofQuestion.values()].map(async (own) => {
        for (const letter of own) await begin(letter);
      }),
    );
  }

  return {
    async deliver(mode) {
      const due = ledger.dueBy(now());
      await sendAll(mode === 'all' ? due : due.filter(({ notBefore }) => notBefore <= realNow()));
    },
    send: sendAll,
  };
}

/** Lets so many work at a time; the others wait in the order in which they came. */
function atOnce(places: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let free = places;
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((go) => waiting.push(go));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
