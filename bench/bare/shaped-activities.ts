import { Signpost } from './signpost.js';

/** The outside of the bare case: counts in memory. */
export function createShapedActivities(seen: Signpost) {
  const note = (what: string, record: string): Promise<{ record: string; at: number }> => {
    seen.reached(`${what} ${record}`);
    return Promise.resolve({ record, at: Date.now() });
  };
  return {
    open: (record: string) => note('open', record),
    apply: (record: string, id: string) => note('apply', record).then((done) => ({ ...done, id })),
    fire: (record: string) => note('fire', record),
    read: (record: string, id: string) => note('read', record).then((done) => ({ ...done, id })),
    ask: (record: string, nth: number) => note('ask', record).then((done) => ({ ...done, nth })),
  };
}

export type ShapedActivities = ReturnType<typeof createShapedActivities>;
