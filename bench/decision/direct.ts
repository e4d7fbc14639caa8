import { applicationDesk } from '../../src/activities/application/index.js';
import { createDeskActivities } from '../../src/activities/desk.js';
import type { Dispatcher } from '../../src/api/ports.js';
import type { Casefile } from '../../src/casefile/tx.js';
import { APPLICATION } from '../../src/policy/application.js';
import { immediateClocks } from '../../src/policy/procedure.js';
import type { Rulebook } from '../../src/policy/rulebook-types.js';
import type { Instant } from '../../src/terms/index.js';

/** Carries a command out in the request itself: the same desk and the same transactions, and nothing durable between. */
export function directDelivery(options: {
  readonly casefile: Casefile;
  readonly rulebook: Rulebook;
  readonly now: () => Promise<Instant>;
}): Dispatcher['deliver'] {
  const { casefile, rulebook, now } = options;
  const desk = createDeskActivities({
    casefile,
    rulebook: () => rulebook,
    procedures: { application: applicationDesk },
  });
  return async ({ id, caseNo }) => {
    const on = { procedure: 'application', record: caseNo, at: await now() } as const;
    let { view } = await desk.applyCommand(on, id);
    for (;;) {
      const atOnce: readonly string[] = immediateClocks(APPLICATION, view.state);
      const clock = view.open ? view.clocks.find(({ code }) => atOnce.includes(code)) : undefined;
      if (!clock) return { kind: 'settled' };
      view = await desk.fireClock(on, clock.id);
    }
  };
}
