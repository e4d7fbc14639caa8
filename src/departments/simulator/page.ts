import { readFile } from 'node:fs/promises';
import type { HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';

/** What the page consists of, by path; every byte of it comes from this server. */
const FILES = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/page.js': ['page.js', 'text/javascript; charset=utf-8'],
  '/parts.js': ['parts.js', 'text/javascript; charset=utf-8'],
  '/words.js': ['words.js', 'text/javascript; charset=utf-8'],
  '/page.css': ['page.css', 'text/css; charset=utf-8'],
} as const satisfies Record<string, readonly [file: string, type: string]>;

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The page on which a visitor switches departments to faults and watches what comes of it. */
export function servePage(app: Hono<{ Bindings: HttpBindings }>): void {
  for (const [path, [file, type]] of Object.entries(FILES))
    app.get(path, async (c) =>
      c.body(new Uint8Array(await readFile(new URL(`page/${file}`, import.meta.url))), 200, {
        'content-type': type,
        'content-security-policy': POLICY,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-cache',
      }),
    );
}
