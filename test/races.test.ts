import { runRaces } from './support/race-cases.js';

/** A tenth of what races.long.test.ts runs. */
runRaces({ pairs: 10, races: 20 });
