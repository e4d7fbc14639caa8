import { describe, expect, it } from 'vitest';
import { ACTS } from '../../demo/acts.js';
import type { CaseView } from '../../demo/case-view.js';
import { FileCannotRun, drive, wakeUp } from '../../demo/driver.js';
import { Refused } from '../../demo/http.js';
import type { Session } from '../../demo/session.js';
import { view } from './case-view.js';

type Reaction = (act: { do: string; as: string; body?: object | undefined }) => Partial<CaseView> | Refused;

const EVERYTHING = Object.keys(ACTS);

/** A session whose case moves as `react` says. Everything done is written down as `day who what`. */
function rehearse(start: Partial<CaseView>, react: Reaction, first = '2026-03-02', barred = '') {
  let today = first;
  let now = view(start);
  const done: string[] = [];
  const session: Session = {
    caseNo: now.caseNo,
    today: () => today,
    read: async (as) => ({
      ...now,
      actions: barred === as ? [] : EVERYTHING.map((command) => ({ command })),
    }),
    isSame: (one, other) => one === other,
    perform: async (act) => {
      done.push(`${today} ${act.as} ${act.do}${act.body ? ` ${JSON.stringify(act.body)}` : ''}`);
      const next = react(act);
      if (next instanceof Refused) throw next;
      now = view({ ...now, ...next });
    },
    advanceTo: async (day) => {
      today = day;
      if (now.state === 'public_notice' && now.clocks.every((clock) => clock.due < day))
        now = view({ state: 'forwarded', open: true });
    },
  };
  return { session, done, said: [] as string[] };
}

const refusal = (code: string, params: Record<string, string> = {}): Refused =>
  new Refused({ status: 409, code, title: code, params }, '/v1');

describe('drive', () => {
  it('does what is due, each person on a morning of their own, and no one at a weekend', async () => {
    const { session, done } = rehearse(
      { state: 'forwarded' },
      ({ do: what }) =>
        what === 'county_opine'
          ? { state: 'county_reviewed', proposed: { township: 'grant', county: 'grant' } }
          : { state: 'in_benefit', open: false, outcome: 'confirmed' },
      '2026-03-06',
    );
    const end = await drive({ session, events: [], say: () => {} });
    expect(end.outcome).toBe('confirmed');
    expect(done).toEqual(['2026-03-06 county_examiner county_opine', '2026-03-09 county_confirmer confirm']);
  });

  it('shows what the API answers to an act of the file, but stops at one that is badly written', async () => {
    const event = (what: string) => ({ on: '2026-03-02', as: 'window_clerk', do: what, body: {} });
    const problem = { status: 422, code: 'body_invalid', title: 'is missing', pointer: '/reporter/name' };
    const { session, done, said } = rehearse({ state: 'forwarded' }, ({ do: what }) =>
      what === 'report'
        ? refusal('not_allowed_now')
        : what === 'object'
          ? new Refused(problem, '/v1')
          : { state: 'in_benefit', open: false },
    );
    const say = (line: string): void => void said.push(line);
    await expect(drive({ session, events: [event('report'), event('object')], say })).rejects.toThrow(
      new FileCannotRun('events.object.reporter.name', 'is missing'),
    );
    expect(said).toEqual(['2026-03-02  window_clerk  report  → 409 not_allowed_now']);
    expect(done).toHaveLength(2);
  });

  it('sleeps through the notice and wakes after its last day', async () => {
    const clocks = [{ due: '2026-03-09', done: null }];
    const { session, done } = rehearse({ state: 'public_notice', clocks }, () => ({ open: false }));
    await drive({ session, events: [], say: () => {} });
    expect(done).toEqual(['2026-03-10 county_examiner county_opine']);
  });

  it('leaves to the file what the file names, on its day', async () => {
    const events = [{ on: '2026-03-05', as: 'clerk-2', do: 'accept' }];
    const { session, done } = rehearse({}, () => ({ open: false }));
    await drive({ session, events, say: () => {} });
    expect(done).toEqual(['2026-03-05 clerk-2 accept']);
  });

  it('shows a refused act of the file and goes on', async () => {
    const events = [{ on: '2026-03-02', as: 'clerk-1', do: 'withdraw' }];
    const { session, done, said } = rehearse({}, ({ do: what }) =>
      what === 'withdraw' ? refusal('stage_not_available') : { open: false },
    );
    await drive({ session, events, say: (line) => said.push(line) });
    expect(said).toEqual(['2026-03-02  clerk-1  withdraw  → 409 stage_not_available']);
    expect(done.at(-1)).toContain('accept');
  });

  it('leaves to a colleague what the API does not offer somebody', async () => {
    const start = { state: 'county_reviewed', proposed: { township: 'grant', county: 'grant' } } as const;
    const { session, done } = rehearse(start, () => ({ open: false }), '2026-03-02', 'county_confirmer');
    await drive({ session, events: [], say: () => {} });
    expect(done).toEqual(['2026-03-02 second_county_confirmer confirm']);
  });

  it.each([
    ['guard_not_met', { guard: 'eligible' }, 'township_leader form_opinion {"proposes":"refuse"'],
    ['contributor_barred', {}, 'second_township_leader form_opinion'],
    ['evidence_changed', {}, 'township_leader form_opinion'],
  ])('answers %s %j with another way', async (code, params, expected) => {
    const visits = [{ method: 'home_visit', forObjection: false, occurredOn: '2026-03-02' }];
    let times = 0;
    const { session, done } = rehearse({ state: 'investigating', visits }, () => {
      times += 1;
      return times === 1 ? refusal(code, params) : { open: false };
    });
    await drive({ session, events: [], say: () => {} });
    expect(done[1]).toContain(expected);
  });

  it.each([
    [
      'parameter_missing',
      { key: 'dibao_standard' },
      'parametersOn: the place has published no dibao_standard for that day',
    ],
    [
      'guard_not_met',
      { guard: 'income_period', from: '2025-03', to: '2026-02' },
      'declared: an income lies partly outside the months that count (2025-03 to 2026-02): split it',
    ],
  ])('says where in the file the reason for %s lies', async (code, params, message) => {
    const visits = [{ method: 'home_visit', forObjection: false, occurredOn: '2026-03-02' }];
    const { session } = rehearse({ state: 'investigating', visits }, () => refusal(code, params));
    await expect(drive({ session, events: [], say: () => {} })).rejects.toThrow(
      new FileCannotRun(...split(message)),
    );
  });

  it.each([
    ['preliminary_opinion', 'post_notice', ['window_clerk post_notice', 'township_leader form_opinion']],
    ['forwarded', 'county_opine', ['county_examiner county_opine', 'county_examiner return_file']],
  ])('with a stale opinion at %s, does what makes it a fresh one', async (state, what, expected) => {
    const { session, done } = rehearse({ state }, (act) =>
      act.do === what
        ? refusal('opinion_stale', { opinion: 'township' })
        : { state: 'in_benefit', open: false, outcome: 'confirmed' },
    );
    await drive({ session, events: [], say: () => {} });
    expect(done).toEqual(expected.map((act) => `2026-03-02 ${act}`));
  });

  it('gives up on a case that does not end', async () => {
    const { session } = rehearse({ state: 'township_confirm' }, () => ({}));
    await expect(drive({ session, events: [], say: () => {} })).rejects.toThrow('is still township_confirm');
  });
});

describe('wakeUp', () => {
  const clocks = [
    { due: '2026-04-15', done: null },
    { due: '2026-03-09', done: null },
    { due: '2026-03-04', done: '2026-03-04' },
  ];
  const event = (on: string) => ({ on, as: 'clerk-1', do: 'object' });
  it.each([
    ['the working day after the earliest running clock', { busy: false, event: undefined }, '2026-03-10'],
    ['the next working day where somebody looks daily', { busy: true, event: undefined }, '2026-03-09'],
    ['an act of the file that comes before', { busy: false, event: event('2026-03-07') }, '2026-03-07'],
    ['the clock where the file comes after', { busy: false, event: event('2026-03-12') }, '2026-03-10'],
  ])('is %s', (_, waiting, expected) => {
    expect(wakeUp({ clocks }, { today: '2026-03-06', ...waiting })).toBe(expected);
  });
});

function split(message: string): [string, string] {
  const [path = '', ...reason] = message.split(': ');
  return [path, reason.join(': ')];
}
