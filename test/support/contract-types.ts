import type { Role } from '../../src/terms/index.js';

/** One request that fits: whose, where, and with what. */
export interface Attempt {
  /** The entry it was made from. */
  readonly name: string;
  /** Null for an operation that asks for no token. */
  readonly role: string | null;
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** The case whose ETag is fetched just before and sent as If-Match. */
  readonly tagOf?: string;
  /** The key that signs the body, base64. */
  readonly sign?: string;
}

/** What test/contract/fuzz is told. */
export interface Plan {
  readonly url: string;
  readonly seed: number;
  /** In all, the sure ones included; probes of ignored authentication come on top. */
  readonly requests: number;
  readonly tokens: Partial<Readonly<Record<Role, string>>>;
  /** By method and path. `sure` has to succeed; `sites` is what made-up data is fitted to. */
  readonly operations: Readonly<Record<string, { sure: readonly Attempt[]; sites: readonly Attempt[] }>>;
}

/** What it says afterwards. */
export interface ContractReport {
  readonly requests: number;
  /** Made up, and nothing that HTTP can carry. */
  readonly unsendable: number;
  /** Requests by role; `nobody` are those without a token. */
  readonly roles: Readonly<Record<string, number>>;
  /** Of every operation in the document: how many answers of each class. */
  readonly statuses: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly sure: readonly {
    readonly operation: string;
    readonly name: string;
    readonly status: number;
    readonly code: string | null;
    readonly text: string;
  }[];
  readonly failures: readonly {
    readonly operation: string;
    /** The check of Schemathesis that failed. */
    readonly check: string;
    readonly count: number;
    readonly examples: readonly {
      readonly role: string | null;
      readonly detail: string;
      readonly curl: string;
    }[];
  }[];
}
