import { describe, expect, it } from 'vitest';
import { APPLICATION } from '../../src/policy/application.js';
import { bareStages } from './bare-stages.js';
import { shapeOf, straightWay } from './shape.js';

const way = straightWay(2, 3);
const shape = shapeOf(APPLICATION, 'submitted', way);

describe('the straight way through the table', () => {
  it('has one run for each stage it passes', () => {
    const passed = shape.map(({ stage }) => stage);
    expect(passed[0]).toBe('accepting');
    expect(passed).toContain('noticing');
    expect(new Set(passed).size).toBe(passed.length);
  });

  it('loses nothing of what happens', () => {
    expect(shape.flatMap(({ acts }) => acts).map(({ records: _, ...happening }) => happening)).toEqual(way);
  });

  it('counts the steps that follow a command at once', () => {
    const accept = shape
      .flatMap(({ acts }) => acts)
      .find((act) => act.on === 'command' && act.name === 'accept');
    expect(accept?.records).toBe(2);
  });

  it('waits without a timer only before the statutory clock runs, and after it', () => {
    expect(shape.filter(({ timed }) => !timed).map(({ stage }) => stage)).toEqual([
      'accepting',
      'concluding',
    ]);
  });

  it('is refused when a step is missing', () => {
    const shorter = way.filter((each) => !(each.on === 'command' && each.name === 'post_notice'));
    expect(() => shapeOf(APPLICATION, 'submitted', shorter)).toThrow('no way from preliminary_opinion');
  });

  it('is refused when it does not lead to the end', () => {
    expect(() => shapeOf(APPLICATION, 'submitted', way.slice(0, -1))).toThrow('which is not the end');
  });
});

describe('the bare workflow', () => {
  const stages = bareStages(shape, { public_notice: 200 });

  it('has as much to do as the table gives', () => {
    const sum = (pick: (stage: (typeof stages)[number]) => number): number =>
      stages.reduce((total, stage) => total + pick(stage), 0);
    expect(stages).toHaveLength(shape.length);
    expect(sum((stage) => stage.commands.length)).toBe(way.filter(({ on }) => on === 'command').length);
    expect(sum((stage) => stage.questions)).toBe(6);
    expect(sum((stage) => stage.answers)).toBe(6);
    const acts = shape.flatMap((stage) => stage.acts);
    const recorded = acts.reduce((total, act) => total + act.records, 0);
    const records = sum(({ records: each }) => each.reduce((a, b) => a + b, 0));
    expect(records + sum(({ answers, fires }) => answers + (fires ?? 0))).toBe(recorded);
  });

  it('waits for the notice as long as ours does', () => {
    expect(stages.filter(({ fires }) => fires !== null).map(({ timerMs }) => timerMs)).toEqual([200]);
  });
});
