import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../until.js';

/** What the client was told by a 2xx, and has to find again for ever. */
export interface Acknowledged {
  readonly staff: string;
  readonly path: string;
  readonly key: string;
  readonly ifMatch: string | null;
  readonly sent: object;
  /** HTTP status; 202 as long as nothing had come of it. */
  readonly status: number;
  readonly told: Readonly<Record<string, unknown>>;
}

/** A refusal that was meant: the case is elsewhere, or the file has changed. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(
    readonly status: number,
    readonly code: string,
    path: string,
  ) {
    super(`${status} ${code} at ${path}`);
  }
}

export interface Client {
  /** Reads until somebody answers. */
  get<T>(staff: string, path: string): Promise<{ body: T; tag: string }>;
  /**
   * Sends one command under one key until it is settled, however often the connection breaks. @throws {Refused}
   * @returns what it came to
   */
  send(
    staff: string,
    path: string,
    body: object,
    ifMatch?: string,
  ): Promise<Readonly<Record<string, unknown>>>;
  readonly journal: readonly Acknowledged[];
  /** Answers that nobody should get: every 5xx but 503. */
  readonly faults: readonly string[];
  /** How often it got no answer, or a 503, and tried again. */
  retries(): number;
}

/** For as long as the run lasts: whether anything took too long is seen after the last kill. */
const PATIENCE_MS = Infinity;
const CALL_MS = 20_000;
/** Between two looks: a clerk's patience, not a load test. */
const LOOK_EVERY_MS = 600;

/** A stranger with tokens and HTTP, who writes down every acknowledgement before relying on it. */
export function openClient(options: {
  apiUrl: string;
  token: (staff: string) => Promise<string>;
  /** One line of JSON for each acknowledgement. */
  journalFile: string;
  /** The run is over, whatever has come of it. */
  over: AbortSignal;
}): Client {
  const { apiUrl, journalFile } = options;
  const journal: Acknowledged[] = [];
  const faults: string[] = [];
  let retries = 0;
  const tokens = new Map<string, Promise<string>>();
  const token = (staff: string): Promise<string> => {
    const known = tokens.get(staff) ?? options.token(staff);
    tokens.set(staff, known);
    return known;
  };

  /** Undefined when there was no answer, or one that says to come back. */
  async function call(
    staff: string,
    path: string,
    {
      headers: own = {},
      ...init
    }: Omit<RequestInit, 'headers'> & {
      readonly headers?: Readonly<Record<string, string>>;
    },
  ): Promise<Response | undefined> {
    options.over.throwIfAborted();
    try {
      const headers = { ...own, authorization: `Bearer ${await token(staff)}` };
      const response = await fetch(apiUrl + path, { ...init, headers, signal: AbortSignal.timeout(CALL_MS) });
      if (response.status < 500) return response;
      if (response.status !== 503) faults.push(`${response.status} ${path} ${await response.text()}`);
    } catch {
      // The connection broke: nobody knows whether it was done.
    }
    retries += 1;
    await sleep(250);
    return undefined;
  }

  const json = async (response: Response): Promise<Record<string, unknown> | undefined> =>
    // Killed in the middle of its answer: as good as none.
    response.json().catch(() => undefined) as Promise<Record<string, unknown> | undefined>;

  const get: Client['get'] = <T>(staff: string, path: string) =>
    until(
      `GET ${path}`,
      async () => {
        const response = await call(staff, path, {});
        const body = response && (await json(response));
        if (!response || !body) return null;
        if (!response.ok) throw new Refused(response.status, String(body['code']), path);
        return { body: body as T, tag: response.headers.get('etag') ?? '' };
      },
      PATIENCE_MS,
    );

  const send: Client['send'] = async (staff, path, sent, ifMatch) => {
    const key = randomUUID();
    const note = (status: number, told: Record<string, unknown>): void => {
      const line = { staff, path, key, ifMatch: ifMatch ?? null, sent, status, told };
      journal.push(line);
      appendFileSync(journalFile, `${JSON.stringify(line)}\n`);
    };
    const headers = {
      'content-type': 'application/json',
      'idempotency-key': key,
      ...(ifMatch !== undefined && { 'if-match': ifMatch }),
    };
    return until(
      `POST ${path} under ${key}`,
      async () => {
        const response = await call(staff, path, { method: 'POST', headers, body: JSON.stringify(sent) });
        const told = response && (await json(response));
        if (!response || !told) return null;
        if (response.ok) {
          note(response.status, told);
          return response.status === 202 ? settled(staff, String(told['commandId']), note) : told;
        }
        const code = String(told['code']);
        if (code === 'idempotency_in_progress') return sleep(250, null);
        throw new Refused(response.status, code, path);
      },
      PATIENCE_MS,
    );
  };

  /** Waits until what was stored has come to something. */
  async function settled(
    staff: string,
    id: string,
    note: (status: number, told: Record<string, unknown>) => void,
  ): Promise<Record<string, unknown>> {
    interface Command {
      readonly status: string;
      readonly outcome: { httpStatus: number; code?: string; result?: Record<string, unknown> } | null;
    }
    const path = `/v1/commands/${id}`;
    return until(
      `the outcome of ${path}`,
      async () => {
        const { status, outcome } = (await get<Command>(staff, path)).body;
        if (!outcome) return sleep(LOOK_EVERY_MS, null);
        if (outcome.code) throw new Refused(outcome.httpStatus, outcome.code, path);
        const told = { commandId: id, status, ...outcome.result };
        note(outcome.httpStatus, told);
        return told;
      },
      PATIENCE_MS,
    );
  }

  return { get, send, journal, faults, retries: () => retries };
}
