import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runTool } from '../../src/stack/run-tool.js';
import type { ContractReport, Plan } from './contract-types.js';
import { cleanEnv } from './program.js';
import { PREPARATIONS } from '../contract/preparations.js';
import { lackingIn, readDocument, unknownIn } from './contract-names.js';
import { planFor } from './contract-plan.js';
import { openSite } from './contract-site.js';
import { schemathesisPython } from './contract-tools.js';

const FUZZ = fileURLToPath(new URL('../contract/fuzz', import.meta.url));

/** Runs Schemathesis over an API. @throws when it did not come to a report, with its last lines */
export async function runContract(plan: Plan, withinMs: number): Promise<ContractReport> {
  const python = await schemathesisPython();
  const folder = await mkdtemp(join(tmpdir(), 'onedoor-contract-'));
  try {
    const [planFile, reportFile] = [join(folder, 'plan.json'), join(folder, 'report.json')];
    await writeFile(planFile, JSON.stringify(plan), { mode: 0o600 });
    const result = await runTool(python, {
      // No settings or bytecode of whoever runs the tests.
      args: ['-I', '-B', FUZZ, planFile, reportFile],
      env: cleanEnv(),
      cwd: folder,
      withinMs,
    });
    if (result.code !== 0) throw new Error(`test/contract/fuzz ended with ${result.code}: ${result.output}`);
    return JSON.parse(await readFile(reportFile, 'utf8')) as ContractReport;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a run came to, and what its table of preparations and the document do not have in common. */
export interface HouseContract {
  readonly report: ContractReport;
  readonly unprepared: readonly string[];
  readonly unknown: readonly string[];
}

/** The whole of it: a house, a plan of its cases, and Schemathesis at its door. */
export async function contractOfHouse(size: Parameters<typeof planFor>[2]): Promise<HouseContract> {
  // Before the house: a first install takes longer than tokens and clocks should wait.
  await schemathesisPython();
  const site = await openSite();
  try {
    const document = await readDocument(site.house.apiUrl);
    const names = Object.keys(PREPARATIONS);
    const plan = await planFor(site, document, size);
    site.house.startSweep();
    return {
      report: await runContract(plan, 1_500_000),
      unprepared: lackingIn(document, names),
      unknown: unknownIn(document, names),
    };
  } finally {
    await site.close();
  }
}

/** A table for people: requests by role, answers by operation, and how to see each failure again. */
export function readable({ requests, unsendable, roles, statuses, failures }: ContractReport): string {
  const classes = ['2xx', '3xx', '4xx', '5xx'];
  const row = (name: string, counts: Readonly<Record<string, number>>): string =>
    classes.map((each) => String(counts[each] ?? 0).padStart(5)).join('') + `  ${name}`;
  return [
    `${requests} requests (${unsendable} could not be sent)`,
    ...Object.entries(roles).map(([role, count]) => `${String(count).padStart(6)}  ${role}`),
    classes.map((each) => each.padStart(5)).join(''),
    ...Object.entries(statuses).map(([operation, counts]) => row(operation, counts)),
    ...failures.flatMap(({ operation, check, count, examples }) => [
      '',
      `${operation}: ${check}, ${count} times`,
      ...examples.flatMap(({ role, detail, curl }) => [`as ${role ?? 'nobody'}: ${detail}`, curl]),
    ]),
  ].join('\n');
}
