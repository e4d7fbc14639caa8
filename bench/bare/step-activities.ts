export const stepActivities = {
  step: (nth: number): Promise<{ nth: number; at: number }> => Promise.resolve({ nth, at: Date.now() }),
};
export type StepActivities = typeof stepActivities;

/** Marker, the activity's three, and a workflow task's three. */
const EVENTS_OF_A_STEP = 7;
/** Started, the first workflow task, completed. */
const EVENTS_AROUND = 5;

/** How many steps give a history of about so many events, never fewer. */
export const stepsFor = (events: number): number =>
  Math.max(0, Math.ceil((events - EVENTS_AROUND) / EVENTS_OF_A_STEP));
