import { expect, it } from 'vitest';
import { APPLICATION } from '../../src/policy/application.js';
import { instant } from '../../src/terms/index.js';
import { Signpost } from '../bare/signpost.js';
import { MemoryRecord } from './memory-record.js';

const CASE = 'AP-441625103-2026-00001';
const on = (at: number) => ({ procedure: 'application', record: CASE, at: instant(at) }) as const;

function begun() {
  const record = new MemoryRecord(
    {
      table: APPLICATION,
      begin: 'submitted',
      questions: 2,
      asksFrom: 'begin_investigation',
      waits: { public_notice: 50 },
    },
    new Signpost(),
  );
  record.create(CASE);
  return { record, desk: record.activities() };
}

async function accepted() {
  const { record, desk } = begun();
  record.storeCommand(CASE, 'c1', 'accept');
  const { view } = await desk.applyCommand(on(0), 'c1');
  const atOnce = view.clocks.find(({ code }) => code === 'begin_investigation');
  return { record, desk, view, after: await desk.fireClock(on(0), atOnce?.id ?? '') };
}

it('moves a case and its clocks as the table says', async () => {
  const { view, after } = await accepted();
  expect(view.state).toBe('accepted');
  expect(view.clocks.map(({ code }) => code)).toContain('total');
  expect(after.state).toBe('investigating');
  // It waits for the first visit, and where townships confirm another clock would run beside the total.
  expect(after.clocks.map(({ code }) => code)).toContain('investigation_start');
  expect(after.clocks.map(({ code }) => code)).not.toContain('total_delegated');
  expect(after.lookups).toHaveLength(2);
});

it('settles a command once', async () => {
  const { desk, after } = await accepted();
  const again = await desk.applyCommand(on(0), 'c1');
  expect(again.view).toEqual(after);
});

it('does not fire a clock before its time', async () => {
  const { desk, after } = await accepted();
  const total = after.clocks.find(({ code }) => code === 'total');
  expect((await desk.fireClock(on(1_000), total?.id ?? '')).version).toBe(after.version);
});

it('tells of answers until they are read, and of questions until they have left', async () => {
  const { record, desk, after } = await accepted();
  record.storeAnswer(CASE, 'a1');
  expect((await desk.openRecord(on(0))).answers).toEqual(['a1']);
  expect((await desk.readAnswer(on(0), 'a1')).answers).toEqual([]);
  await desk.askDepartment({ record: CASE, requestId: after.lookups[0] ?? '', at: instant(0) });
  expect((await desk.openRecord(on(0))).lookups).toEqual(after.lookups.slice(1));
});

it('refuses what the table does not have', () => {
  const { record, desk } = begun();
  record.storeCommand(CASE, 'c1', 'confirm');
  expect(() => desk.applyCommand(on(0), 'c1')).toThrow('no way from submitted by command confirm');
});
