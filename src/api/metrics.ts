import { Hono } from 'hono';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Labels are route patterns and codes; never a path, an id or anything a client wrote. */
export interface ApiMetrics {
  readonly registry: Registry;
  observe(request: { method: string; route: string; status: number; seconds: number }): void;
  problem(code: string): void;
  /** A callback that nobody signed as this source, or that is too large: somebody forges, or a key is wrong. */
  callbackRefused(source: string, reason: string): void;
}

/** What waits for operators, by kind of task: asked when somebody scrapes. */
export type OperatorTasks = () => Promise<readonly { readonly kind: string; readonly n: number }[]>;

export function createMetrics(operatorTasks: OperatorTasks = () => Promise.resolve([])): ApiMetrics {
  const registry = new Registry();
  const requests = new Histogram({
    name: 'onedoor_http_request_seconds',
    help: 'Requests by route pattern',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
  });
  const problems = new Counter({
    name: 'onedoor_problems_total',
    help: 'Problem answers by code',
    labelNames: ['code'],
    registers: [registry],
  });
  const refused = new Counter({
    name: 'onedoor_callbacks_refused_total',
    help: 'Callbacks that were not taken, by source and reason',
    labelNames: ['source', 'reason'],
    registers: [registry],
  });
  const waiting: Gauge = new Gauge({
    name: 'onedoor_operator_tasks',
    help: 'Open tasks of operators by kind: what is stuck, parked, refused or unmatched',
    labelNames: ['kind'],
    registers: [registry],
    collect: async () => {
      // A case file that is away takes the gauge away, and no other metric with it.
      const tasks = await operatorTasks().catch(() => []);
      waiting.reset();
      for (const { kind, n } of tasks) waiting.set({ kind }, n);
    },
  });
  return {
    registry,
    observe: ({ method, route, status, seconds }) => requests.observe({ method, route, status }, seconds),
    problem: (code) => problems.inc({ code }),
    callbackRefused: (source, reason) => refused.inc({ source, reason }),
  };
}

/** Served on a port of its own. */
export const metricsApp = ({ registry }: ApiMetrics): Hono =>
  new Hono().get('/metrics', async (c) =>
    c.text(await registry.metrics(), 200, { 'content-type': registry.contentType }),
  );
