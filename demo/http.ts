import { randomUUID } from 'node:crypto';

/** problem+json as the API gives it. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly pointer?: string;
  readonly params?: Readonly<Record<string, string | number>>;
  readonly [more: string]: unknown;
}

/** The API said no. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(
    readonly problem: Problem,
    readonly path: string,
  ) {
    const params = Object.entries(problem.params ?? {}).map(([name, value]) => `, ${name}: ${value}`);
    super(`${problem.status} ${problem.code}: ${problem.title} (${path}${params.join('')})`);
  }
  /** The place in the body that was refused, with dots. */
  where(): string | undefined {
    return this.problem.pointer?.slice(1).replaceAll('/', '.');
  }
  /** A parameter of the refusal, wherever the answer carries it. */
  param(name: string): string | number | undefined {
    const value = this.problem.params?.[name] ?? this.problem[name];
    return typeof value === 'string' || typeof value === 'number' ? value : undefined;
  }
}

export interface Reading<T> {
  readonly body: T;
  readonly etag: string | null;
}

/** One person's line to the API: everything goes with that person's token. */
export interface Line {
  get<T>(path: string): Promise<Reading<T>>;
  /** Sends a command and waits until it is settled. @throws {Refused} */
  post(path: string, body: object, options?: { ifMatch?: string | null }): Promise<unknown>;
}

const SETTLES_WITHIN_MS = 60_000;
const POLL_MS = 250;

export function openLine(apiUrl: string, token: string, signal: AbortSignal): Line {
  const authorization = `Bearer ${token}`;

  const get: Line['get'] = async <T>(path: string) => {
    const response = await fetch(apiUrl + path, { headers: { authorization }, signal });
    return { body: (await read(response, path)) as T, etag: response.headers.get('etag') };
  };

  const post: Line['post'] = async (path, body, { ifMatch } = {}) => {
    const headers = {
      authorization,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
      ...(ifMatch && { 'if-match': ifMatch }),
    };
    const response = await fetch(apiUrl + path, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
      signal,
    });
    const answer = await read(response, path);
    return response.status === 202 ? settled(response.headers.get('location') ?? '', path) : answer;
  };

  /** 202: stored, but no worker has carried it out yet. */
  async function settled(location: string, path: string): Promise<unknown> {
    const until = performance.now() + SETTLES_WITHIN_MS;
    while (performance.now() < until) {
      const { body } = await get<CommandView>(location.replace(apiUrl, ''));
      if (body.status === 'applied') return body.outcome?.result;
      if (body.status === 'rejected') throw refusal(body, path);
      await new Promise((done) => setTimeout(done, POLL_MS));
    }
    throw new Error(`${path} was stored but not carried out within ${SETTLES_WITHIN_MS / 1000} s`);
  }

  return { get, post };
}

interface CommandView {
  readonly status: 'received' | 'applied' | 'rejected';
  readonly outcome?: { readonly httpStatus: number; readonly code?: string; readonly result?: unknown };
}

const refusal = ({ outcome }: CommandView, path: string): Refused =>
  new Refused({ title: '', code: 'internal', ...outcome, status: outcome?.httpStatus ?? 500 }, path);

async function read(response: Response, path: string): Promise<unknown> {
  const text = await response.text();
  const body: unknown = text === '' ? null : JSON.parse(text);
  if (response.ok) return body;
  throw new Refused({ ...(body as Problem), status: response.status }, path);
}
