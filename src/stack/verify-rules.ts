import { createHash } from 'node:crypto';
import type { DecisionRules } from '../casefile/invariants/i06-decisions.js';
import type { ClockRules } from '../casefile/invariants/i12-clocks.js';
import type { NoticeRules } from '../casefile/invariants/i14-notices.js';
import { APPLICATION } from '../policy/application.js';
import { clockDue } from '../policy/clock-due.js';
import { inputsText, type MeansTestInput } from '../policy/determination.js';
import { meansTest } from '../policy/means-test.js';
import { runsWhere } from '../policy/place-flag.js';
import { landsIn, type ClockRule, type ProcedureTable } from '../policy/procedure.js';
import { parameter } from '../policy/rulebook.js';
import type { Rulebook } from '../policy/rulebook-types.js';
import { divisionCode, type Instant } from '../terms/index.js';

const TABLE: ProcedureTable<string, string, string, string> = APPLICATION;

/** The arithmetic as it is performed today, on inputs that were frozen then. */
export const decisionRules = (rulebook: Rulebook): DecisionRules => ({
  hashInputs: (inputs) =>
    createHash('sha256')
      .update(inputsText(inputs as MeansTestInput))
      .digest('hex'),
  reperform: (inputs) => meansTest(rulebook, inputs as MeansTestInput),
});

export const clockRules = (rulebook: Rulebook): ClockRules => ({
  rows: TABLE.rows,
  clocks: TABLE.clocks,
  due: (code, place, { start, flagOn }, periods) => {
    const rule = ruleOf(code);
    const where = divisionCode(place);
    if (!runsWhere(rulebook, rule, { place: where, on: flagOn })) return null;
    const left = rule.excludable
      ? parameter(rulebook, { place: where, key: 'clock_excludes', on: start }).value
      : [];
    return clockDue(rulebook, {
      length: rule.length,
      place: where,
      start,
      excluded: periods.filter(({ kind }) => left.includes(kind)),
    });
  },
});

export const noticeRules = (rulebook: Rulebook, now: Instant): NoticeRules => ({
  now,
  endsOn: (place, postedOn, round) =>
    clockDue(rulebook, {
      length: ruleOf(round === 2 ? 'second_notice' : 'public_notice').length,
      place: divisionCode(place),
      start: postedOn,
    }).date,
});

/** Clocks by whose end a case moves on, as `state clock`. */
export const movingClocks = (): string[] =>
  TABLE.rows.flatMap((row) =>
    row.on === 'due' && !row.later
      ? row.from.filter((state) => state !== landsIn(row, state)).map((state) => `${state} ${row.name}`)
      : [],
  );

function ruleOf(code: string): ClockRule<string> {
  const rule = TABLE.clocks[code];
  if (!rule) throw new RangeError(`the table has no clock ${code}`);
  return rule;
}
