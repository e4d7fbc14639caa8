import { parseAnswer } from '../answer-schema.js';
import { ConnectorFault } from '../connector-fault.js';
import { createHttpConnector } from '../connector.js';
import { createOutgoing } from '../outgoing.js';
import { createPlatformConnector } from '../platform-connector.js';
import { verifySignature } from '../signature.js';
import { KEYS, keyFor, LIN, NOW, bodyOf, inquiryOf, listen, lookupOf } from '../test-support.js';
import { registerFileSchema } from './files.js';
import { startSimulator } from './simulator.js';
import type { IncomingMessage } from 'node:http';
import type { Accepted, Refused } from '../connector.js';
import type { DepartmentAnswer, LookupRequest, Source } from '../contract.js';
import type { PlatformInquiry } from '../platform-contract.js';
import type { FaultCode } from './faults.js';
import type { Profiles } from './files.js';
import type { Memory } from './memory.js';
import type { SimulatorEvent } from './postman.js';
import type { Profile } from './profile.js';

export const HOUR = 3_600_000;
export const REGISTERS = {
  household_register: [{ ...LIN, facts: [{ item: 'hukou', category: 'hukou', text: '农业户口' }] }],
  social_insurance: [],
  bank: [{ ...LIN, facts: [{ item: 'deposits', category: 'deposit', amountFen: 86_400 }] }],
};

type Changes = Partial<Record<keyof LookupRequest, unknown>>;
/** One question for each source. */
export const ASK = {
  household_register: { requestId: '0195552e-7a00-7000-8000-000000000011', items: ['hukou'] },
  social_insurance: { requestId: '0195552e-7a00-7000-8000-000000000012', items: ['pension'] },
  bank: { requestId: '0195552e-7a00-7000-8000-000000000013', items: ['deposits'] },
} as const satisfies Record<Source, Changes>;
const SOURCE_OF: Readonly<Record<string, Source>> = {
  '/callbacks/bank': 'bank',
  '/callbacks/household_register': 'household_register',
  '/callbacks/social_insurance': 'social_insurance',
  '/callbacks/provincial_platform': 'provincial_platform',
};

export interface Callback {
  source: Source;
  webhookId: string;
  body: Buffer;
}

/** Everything that knocked, believed or not. */
export interface Knock {
  source: Source | undefined;
  headers: Headers;
  body: Buffer;
  status: number;
}

/** The house as far as a department can see it: an address that verifies and remembers. */
export interface House {
  url: string;
  callbacks: Callback[];
  knocks: Knock[];
  /** What it answers next, whatever comes; 204 or 401 by signature when empty. */
  statuses: number[];
  stop(): Promise<void>;
  /** Listens again at the address it had. */
  reopen(): Promise<void>;
}

export async function openHouse(): Promise<House> {
  const callbacks: Callback[] = [];
  const knocks: Knock[] = [];
  const statuses: number[] = [];
  async function receive(request: IncomingMessage): Promise<number> {
    const body = await bodyOf(request);
    const source = SOURCE_OF[request.url ?? ''];
    const headers = new Headers(request.headers as Record<string, string>);
    const status = statuses.shift() ?? judge(source, headers, body);
    knocks.push({ source, headers, body, status });
    return status;
  }
  function judge(source: Source | undefined, headers: Headers, body: Buffer): number {
    if (source === undefined) return 404;
    try {
      const { webhookId } = verifySignature({ keys: [keyFor(source)], headers, body, realNow: Date.now() });
      callbacks.push({ source, webhookId, body });
      return 204;
    } catch {
      return 401;
    }
  }
  const start = (port: number) =>
    listen((request, response) => {
      receive(request).then(
        (status) => response.writeHead(status).end(),
        () => response.writeHead(401).end(),
      );
    }, port);
  let listener = await start(0);
  const { url } = listener;
  return {
    url,
    callbacks,
    knocks,
    statuses,
    stop: () => listener.stop(),
    async reopen() {
      listener = await start(Number(new URL(url).port));
    },
  };
}

export interface Reading {
  uncollected: number;
  now: string;
  offsetMs: number;
  nextDueAt: string | null;
  pending: number;
  undelivered: number;
}

export interface Opening {
  profiles?: Profiles;
  registers?: object;
  seed?: number;
  memory?: Memory;
  /** Real milliseconds for which the house waits for a 202. */
  timeoutMs?: number;
}

export interface Township {
  url: string;
  events: SimulatorEvent[];
  ask(source: Source, changes?: Changes): Promise<Accepted | Refused>;
  /** Asks the platform for the bank and the social insurance in one message. */
  inquire(changes?: Partial<Record<keyof PlatformInquiry, unknown>>): Promise<Accepted | Refused>;
  post(path: string, body: unknown): Promise<Response>;
  put(path: string, body: unknown): Promise<Response>;
  get(path: string): Promise<Response>;
  clock(): Promise<Reading>;
  moveTo(at: number | string): Promise<Reading>;
  stop(): Promise<void>;
}

/** The simulated departments; they begin on 2026-03-02 at 09:00, some way from real time. */
export async function openTownship(house: House, opening: Opening = {}): Promise<Township> {
  const { profiles = {}, registers = REGISTERS, seed = 1, timeoutMs = 5_000, memory } = opening;
  const events: SimulatorEvent[] = [];
  const simulator = await startSimulator({
    registers: registerFileSchema.parse({ registers }).registers,
    profiles,
    seed,
    ...(memory && { memory }),
    port: 0,
    signingKeys: KEYS,
    clock: { realNow: Date.now, offsetMs: NOW - Date.now() },
    report: (event) => events.push(event),
  });
  const { url } = simulator;
  const outgoing = createOutgoing({ baseUrls: [url], simulated: true });
  const post = (path: string, body: unknown) =>
    fetch(url + path, { method: 'POST', body: JSON.stringify(body) });
  return {
    url,
    events,
    post,
    put: (path, body) => fetch(url + path, { method: 'PUT', body: JSON.stringify(body) }),
    get: (path) => fetch(url + path),
    ask: (source, changes = {}) =>
      createHttpConnector({ source, baseUrl: url, signingKey: keyFor(source), timeoutMs, outgoing }).ask(
        lookupOf({
          source,
          ...(ASK as Record<Source, Changes>)[source],
          callbackUrl: `${house.url}/callbacks/${source}`,
          ...changes,
        }),
      ),
    inquire: (changes = {}) =>
      createPlatformConnector({
        platform: 'provincial_platform',
        baseUrl: url,
        signingKey: keyFor('provincial_platform'),
        timeoutMs,
        outgoing,
      }).ask(inquiryOf({ callbackUrl: `${house.url}/callbacks/provincial_platform`, ...changes })),
    clock: async () => (await (await fetch(`${url}/clock`)).json()) as Reading,
    async moveTo(at) {
      const to = typeof at === 'string' ? at : new Date(at).toISOString();
      return (await (await post('/clock', { to })).json()) as Reading;
    },
    stop: () => simulator.stop(),
  };
}

/** A township whose bank has one fault, with every question. */
export const openFaultyBank = (
  house: House,
  { fault, opening, profile = {} }: { fault: FaultCode; opening: Opening; profile?: Partial<Profile> },
): Promise<Township> =>
  openTownship(house, {
    ...opening,
    profiles: { bank: { kind: 'prompt', ...profile, faults: { [fault]: 1 } } },
  });

/** Asks the bank once: what the connector makes of it, in a word. */
export const attemptAt = (town: Township): Promise<string> =>
  town.ask('bank').then(
    ({ kind }) => kind,
    (error: unknown) => (error instanceof ConnectorFault ? error.fault : 'no connector fault'),
  );

export function read(callback: Callback | undefined): DepartmentAnswer {
  const parsed = parseAnswer(callback?.body ?? Buffer.alloc(0));
  if (!parsed.ok) throw new Error(`${parsed.error.pointer}: ${parsed.error.reason}`);
  return parsed.value;
}
