import { dateAt } from '../../terms/index.js';
import { isLook, windowMs, type Access, type Pattern, type Signal } from './access.js';

type Look = Access & { readonly caseNo: string };

/** Files that are within one window, each with how often; old ones fall out as time goes on. */
function openWindow(lengthMs: number) {
  const looks: Look[] = [];
  const times = new Map<string, number>();
  return {
    add(look: Look): void {
      looks.push(look);
      times.set(look.caseNo, (times.get(look.caseNo) ?? 0) + 1);
      while (looks[0] && looks[0].at < look.at - lengthMs) {
        const { caseNo } = looks.shift() ?? look;
        const left = (times.get(caseNo) ?? 1) - 1;
        if (left === 0) times.delete(caseNo);
        else times.set(caseNo, left);
      }
    },
    has: (caseNo: string) => times.has(caseNo),
    size: () => times.size,
    began: (look: Look) => looks[0]?.at ?? look.at,
  };
}

/** `AP-441625103-2026-00041`, so many numbers on; never a number that cannot be. */
function numberAfter(caseNo: string, steps: number): string {
  const [, head = '', number = ''] = /^(.*-)(\d{5})$/.exec(caseNo) ?? [];
  return `${head}${String(Number(number) + steps).padStart(5, '0')}`;
}

/** The numbers on both sides of one that follow each other without a gap. */
function runAround(caseNo: string, has: (each: string) => boolean): { first: string; files: number } {
  let [before, after] = [0, 0];
  while (has(numberAfter(caseNo, -before - 1))) before += 1;
  while (has(numberAfter(caseNo, after + 1))) after += 1;
  return { first: numberAfter(caseNo, -before), files: before + after + 1 };
}

/** Looked at without anything to do there: neither a task for them nor an act of theirs. */
const idle = (access: Access): access is Look => isLook(access) && !access.acted && !access.tasked;

/**
 * Files looked at one number after the other, in whichever order and whether they exist or not; or a great many of them
 * in a short time. A file with a task for whoever reads it, or in which they do something, is work and does not count.
 */
export const sequenceBrowsing: Pattern = (accesses, { rule }) => {
  const window = openWindow(windowMs(rule));
  return accesses.filter(idle).flatMap((look): Signal[] => {
    window.add(look);
    const seen = { from: window.began(look), to: look.at };
    const day = dateAt(look.at);
    const { first, files } = runAround(look.caseNo, window.has);
    return [
      ...(files >= rule.runOfNumbers
        ? [signal(`run ${day}`, seen, { pattern: 'run_of_numbers', files, first })]
        : []),
      ...(window.size() >= rule.filesInWindow
        ? [signal(`many ${day}`, seen, { pattern: 'many_files', files: window.size() })]
        : []),
    ];
  });
};

const signal = (key: string, seen: Pick<Signal, 'from' | 'to'>, params: Signal['params']): Signal => ({
  kind: 'sequence_browsing',
  key,
  ...seen,
  params,
});

/** Case numbers tried that are nobody's, or out of reach. */
export const noOpenCase: Pattern = (accesses, { rule }) => {
  const window = openWindow(windowMs(rule));
  return accesses
    .filter(isLook)
    .filter(({ found }) => !found)
    .flatMap((look): Signal[] => {
      window.add(look);
      if (window.size() < rule.numbersNotFound) return [];
      const params = { files: window.size() };
      return [{ kind: 'no_open_case', key: dateAt(look.at), from: window.began(look), to: look.at, params }];
    });
};
