import { Socket } from 'node:net';

/**
 * How long the driver keeps a socket that is lost: long enough for every transaction to notice, whatever it was waiting
 * for, and shorter than a Postgres takes to come back.
 */
const GRACE_MS = 500;
/** Where nothing is under way: as long as the driver may hold back the first statement of what begins. */
const IDLE_GRACE_MS = 20;

/** Postgres went away under a statement. By its code it passes: whoever asks again may be lucky. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
  readonly code = 'CONNECTION_CLOSED';
  constructor() {
    super('the connection to Postgres was lost');
  }
}

/** The end of what Postgres says when it waits for the next statement and no transaction is open. */
const IDLE = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);

/**
 * A connection to Postgres that can be lost while it is used. The driver forgets its socket the moment it closes; a
 * transaction that has not noticed yet then writes its ROLLBACK to nothing, and that ends the whole process
 * (porsager/postgres#1154). This one fails what is under way, goes on failing what is written, and closes a little later; almost
 * at once where nothing is under way, so that whoever comes next gets a new one.
 */
export class LastingSocket extends Socket {
  #ended = false;
  #closed = false;
  #idle = false;

  /** The driver takes leave with a message; the other side's end arrives without. */
  override end(...args: unknown[]): this {
    if (args[0] instanceof Uint8Array) this.#ended = true;
    return super.end(...(args as []));
  }

  override write(...args: unknown[]): boolean {
    this.#idle = false;
    return super.write(...(args as [Uint8Array]));
  }

  override emit(event: string | symbol, ...args: unknown[]): boolean {
    const [said] = args;
    if (event === 'data' && Buffer.isBuffer(said) && said.subarray(-IDLE.length).equals(IDLE))
      this.#idle = true;
    if (event !== 'close' || this.#ended || this.#closed) return super.emit(event, ...args);
    const grace = this.#idle ? IDLE_GRACE_MS : GRACE_MS;
    this.write = () => {
      setImmediate(() => this.#fail());
      return false;
    };
    this.#fail();
    setTimeout(() => {
      this.#closed = true;
      super.emit('close', false);
    }, grace);
    return true;
  }

  /** Where nobody listens any more nothing is under way. */
  #fail(): void {
    if (this.listenerCount('error') > 0) super.emit('error', new ConnectionLost());
  }
}
