import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Casefile } from '../casefile/tx.js';
import type { Rulebook } from '../policy/rulebook-types.js';
import { createApi } from './app.js';
import { COMMAND_PATHS } from './command-paths.js';
import { createMetrics } from './metrics.js';
import type { ApiDeps } from './ports.js';

/** The document needs neither a database nor a rulebook; whoever touches them here has made it do. */
const absent = <T extends object>(): T =>
  new Proxy({} as T, {
    get: (_, name) => {
      throw new Error(`${String(name)} was asked for`);
    },
  });
const deps: ApiDeps = {
  casefile: absent<Casefile>(),
  dispatcher: absent<ApiDeps['dispatcher']>(),
  clock: absent<ApiDeps['clock']>(),
  rulebook: absent<Rulebook>(),
  auth: { keys: () => Promise.reject(new Error('no keys')), issuer: 'i', audience: 'a' },
  simulated: true,
  cursorKey: new Uint8Array(32),
  webhookKeys: { household_register: [], social_insurance: [], bank: [] },
  metrics: createMetrics(),
  log: { info: () => {}, warn: () => {}, error: () => {} },
  ready: () => Promise.resolve(true),
};

type Json = Readonly<Record<string, unknown>>;
interface Media {
  readonly schema: Json;
}
interface Operation {
  readonly summary?: string;
  readonly parameters?: readonly { name: string; in: string; required?: boolean; schema: Json }[];
  readonly requestBody?: { required?: boolean; content: Record<string, Media> };
  readonly responses: Record<string, { description: string; content?: Record<string, Media> }>;
  readonly security?: readonly Json[];
  readonly 'x-required-permission'?: readonly string[];
}
interface Document {
  readonly openapi: string;
  readonly info: { title: string; version: string };
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { schemas: Record<string, Json>; securitySchemes: Record<string, Json> };
}

let document: Document;
let operations: [string, Operation][];

beforeAll(async () => {
  const answer = await createApi(deps).request('/openapi.json');
  expect(answer.status).toBe(200);
  document = (await answer.json()) as Document;
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [
      `${method} ${path}`,
      operation,
    ]),
  );
});

/** Every `$ref` below a value. */
function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' && typeof inner === 'string' ? [inner] : references(inner),
  );
}
const resolve = (schema: Json): Json => {
  const name = /^#\/components\/schemas\/(\w+)$/.exec((schema['$ref'] as string | undefined) ?? '')?.[1];
  return name === undefined ? schema : (document.components.schemas[name] ?? {});
};

/** A schema of the document as JSON Schema on its own. */
const standalone = (schema: Json): Parameters<typeof z.fromJSONSchema>[0] =>
  JSON.parse(
    JSON.stringify({ ...schema, $defs: document.components.schemas }).replaceAll(
      '#/components/schemas/',
      '#/$defs/',
    ),
  ) as Parameters<typeof z.fromJSONSchema>[0];

describe('the document', () => {
  it('is OpenAPI 3.1 and names every path of the API', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(document.info).toMatchObject({ title: 'One Door', version: '1' });
    const acts = [...new Set(Object.values(COMMAND_PATHS).map(({ path }) => path)), 'documents'];
    expect(operations.map(([name]) => name).toSorted()).toEqual(
      [
        'post /v1/applications',
        ...acts.map((act) => `post /v1/cases/{caseNo}/${act}`),
        'get /v1/cases',
        'get /v1/cases/{caseNo}',
        'get /v1/cases/{caseNo}/persons/{personId}/lookups',
        'get /v1/cases/{caseNo}/comparison',
        'get /v1/cases/{caseNo}/timeline',
        'get /v1/cases/{caseNo}/explanation',
        'get /v1/cases/{caseNo}/documents',
        'get /v1/cases/{caseNo}/documents/{documentId}',
        'get /v1/cases/{caseNo}/file',
        'get /v1/commands/{id}',
        'get /v1/worklist',
        'post /v1/worklist/{taskId}/claim',
        'post /v1/worklist/{taskId}/return',
        'get /v1/application-form',
        'get /v1/cases/{caseNo}/reports',
        'get /v1/cases/{caseNo}/reports/{reportId}/reporter',
        'post /v1/cases/{caseNo}/reports/{reportId}/answer',
        'get /v1/cooperations/{cooperationId}',
        'post /v1/cooperations/{cooperationId}/report',
        'get /v1/relative-roster',
        'post /v1/relative-roster',
        'post /v1/relative-roster/{rosterId}/end',
        'post /v1/samples',
        'get /v1/samples/{sampleId}',
        'post /v1/sample-draws/{drawId}/finding',
        'post /v1/cases/{caseNo}/lookup-releases',
        'get /v1/lookup-signals',
        'post /v1/lookup-signals/{signalId}/conclusion',
        'get /v1/access-log',
        'get /v1/access-log/{staffId}',
        'get /v1/verification/inbox',
        'get /v1/verification/requests/{requestId}/authorization',
        'post /v1/verification/requests/{requestId}/answer',
        'get /v1/verification/health',
        'get /v1/verification/query-file',
        'post /v1/verification/answers-files',
        'get /v1/public-notices',
        'get /v1/publications',
        'post /callbacks/{source}',
      ].toSorted(),
    );
  });

  it('points at nothing that is not there', () => {
    for (const reference of references(document))
      expect(document.components.schemas, reference).toHaveProperty([
        reference.replace('#/components/schemas/', ''),
      ]);
  });

  it('declares each parameter of a path once, and requires it', () => {
    for (const [name, { parameters = [] }] of operations) {
      const inPath = [...name.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
      const declared = parameters.filter((parameter) => parameter.in === 'path');
      expect(
        declared.map((parameter) => parameter.name),
        name,
      ).toEqual(inPath);
      for (const parameter of declared) expect(parameter.required, name).toBe(true);
      expect(new Set(parameters.map((parameter) => `${parameter.in} ${parameter.name}`)).size, name).toBe(
        parameters.length,
      );
    }
  });

  it('describes every answer, and a problem for all else', () => {
    for (const [name, { responses, summary }] of operations) {
      expect(summary, name).toBeTruthy();
      for (const [status, { description }] of Object.entries(responses))
        expect(description, `${name} ${status}`).toBeTruthy();
      expect(
        Object.keys(responses).some((status) => /^2\d\d$/.test(status)),
        name,
      ).toBe(true);
      expect(Object.keys(responses['default']?.content ?? {}), name).toEqual(['application/problem+json']);
    }
  });

  it('says of each operation who may, and how they show it', () => {
    const open = ['get /v1/public-notices', 'get /v1/publications', 'post /callbacks/{source}'];
    expect(document.components.securitySchemes).toHaveProperty('bearer');
    for (const [name, { security, 'x-required-permission': permission }] of operations) {
      expect(permission?.length, name).toBeGreaterThan(0);
      expect(security ?? [], name).toEqual(open.includes(name) ? [] : [{ bearer: [] }]);
    }
  });

  it('requires Idempotency-Key on every command', () => {
    for (const [name, { parameters = [] }] of operations)
      if (name.startsWith('post /v1/applications') || name.startsWith('post /v1/cases/'))
        expect(parameters.find((parameter) => parameter.name === 'idempotency-key')?.required, name).toBe(
          true,
        );
  });
});

describe('examples', () => {
  it('stand beside every JSON body and answer, and fit its schema', () => {
    let seen = 0;
    for (const [name, { requestBody, responses }] of operations) {
      const media = [
        requestBody?.content,
        ...Object.entries(responses).map(([, response]) => response.content),
      ].flatMap((content) => Object.entries(content ?? {}));
      for (const [type, { schema }] of media) {
        if (!type.includes('json')) continue;
        const { example, ...shape } = resolve(schema);
        expect(example, `${name} ${type}`).toBeDefined();
        const inner = z.fromJSONSchema(standalone(shape));
        expect(inner.safeParse(example).error?.issues ?? [], `${name} ${JSON.stringify(example)}`).toEqual(
          [],
        );
        seen += 1;
      }
    }
    expect(seen).toBeGreaterThan(50);
  });
});
