import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { together, type Check } from '../casefile/invariants/check.js';
import { noPersonalText, type PersonalScan } from '../casefile/invariants/i11-personal-text.js';
import { reasonOf } from './verify-unknown.js';

/** I11 over log files, line by line. A file that cannot be read is named: it may be the one that leaks. */
export async function verifyLogs(files: readonly string[], scan: PersonalScan): Promise<Check> {
  const checks: Check[] = [];
  for (const file of files) checks.push(await verifyLog(file, scan));
  return together({ invariant: 'I11', checked: 0, findings: [] }, ...checks);
}

async function verifyLog(file: string, scan: PersonalScan): Promise<Check> {
  const name = basename(file);
  const parts: Check[] = [];
  let line = 0;
  try {
    for await (const text of createInterface({
      input: createReadStream(file, 'utf8'),
      crlfDelay: Infinity,
    })) {
      line += 1;
      const part = noPersonalText(scan, [{ where: `${name}:${line}`, text }]);
      if (part.findings.length > 0) parts.push(part);
    }
    return { invariant: 'I11', checked: line, findings: parts.flatMap((part) => part.findings) };
  } catch (error) {
    return {
      invariant: 'I11',
      checked: line,
      findings: [],
      unknown: `cannot read ${name} (${reasonOf(error)})`,
    };
  }
}
