import { runRaces } from './support/race-cases.js';

runRaces({ pairs: 100, races: 200 });
