import type { CaseNo, Role } from '../../src/terms/index.js';
import type { Site } from '../support/contract-site.js';
import type { Place } from './places.js';

/** How one operation comes to a 2xx. @see PREPARATIONS for what each word means */
export interface Preparation {
  readonly by: Role | 'nobody';
  readonly at?: Place;
  readonly body?: Body | ((its: Its) => Promise<Body> | Body);
  readonly query?: Readonly<Record<string, string>>;
  readonly path?: (its: Its) => Promise<Readonly<Record<string, string>>>;
  readonly tag?: true;
  readonly stays?: true;
  /** The department whose key signs the body. */
  readonly signedBy?: keyof Site['house']['webhookKeys'];
}
export type Body = Readonly<Record<string, unknown>>;
/** The case at hand. `caseNo` is empty for an operation without a case. */
export interface Its {
  readonly site: Site;
  readonly caseNo: CaseNo;
  readonly by: Role;
}
