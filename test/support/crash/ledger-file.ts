import { readFile } from 'node:fs/promises';
import type { Happening } from '../../../src/departments/simulator/memory.js';

/** What the departments wrote down, added up. */
export interface DepartmentLedger {
  /** By request id: source, person and case, and how often an attempt came. */
  readonly asked: ReadonlyMap<string, { readonly about: string; readonly attempts: number }>;
  /** By request id: how often it was taken. */
  readonly taken: ReadonlyMap<string, number>;
  /** By webhook id: copies that nobody has taken yet. */
  readonly left: ReadonlyMap<string, number>;
}

export async function readLedger(path: string): Promise<DepartmentLedger> {
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
  const asked = new Map<string, { about: string; attempts: number }>();
  const taken = new Map<string, number>();
  const left = new Map<string, number>();
  for (const happening of lines.map((line) => JSON.parse(line) as Happening)) {
    if (happening.kind === 'asked') {
      const { requestId, source, caseRef, subject } = happening.request;
      const attempts = (asked.get(requestId)?.attempts ?? 0) + 1;
      asked.set(requestId, { about: `${source} ${caseRef} ${subject.idNumber}`, attempts });
    }
    if (happening.kind === 'taken') taken.set(happening.requestId, (taken.get(happening.requestId) ?? 0) + 1);
    if (happening.kind === 'sent') left.set(happening.webhookId, happening.copiesLeft);
  }
  return { asked, taken, left };
}
