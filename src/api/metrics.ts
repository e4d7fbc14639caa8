import { Hono } from 'hono';
import { Counter, Histogram, Registry } from 'prom-client';

/** Labels are route patterns and codes; never a path, an id or anything a client wrote. */
export interface ApiMetrics {
  readonly registry: Registry;
  observe(request: { method: string; route: string; status: number; seconds: number }): void;
  problem(code: string): void;
  /** A callback nobody signed as this source: somebody forges, or a key is wrong. */
  callbackRefused(source: string, reason: string): void;
}

export function createMetrics(): ApiMetrics {
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
    help: 'Callbacks without a valid signature, by source and reason',
    labelNames: ['source', 'reason'],
    registers: [registry],
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
