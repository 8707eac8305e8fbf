/** What a write touches: entries by the key of their DN, and values that must be unique. */
export interface Claims {
  /** What it changes. */
  readonly exclusive: ReadonlySet<string>;
  /** What has to stay as it is meanwhile: parents, entries that are referred to. */
  readonly shared: ReadonlySet<string>;
}

/** Who touches one key now. Whoever came before them ends before them. */
interface Held {
  writer: Hold | undefined;
  readonly readers: Set<Hold>;
}

/** A claim: its turn comes, and it ends with its disposal. */
export class Hold implements Disposable {
  /** Resolves when nothing that was claimed before touches the same. */
  readonly ready: Promise<unknown>;
  readonly ended: Promise<void>;
  readonly #release: (hold: Hold) => void;
  #end: () => void = () => {};

  constructor(before: ReadonlySet<Hold>, release: (hold: Hold) => void) {
    this.ready = Promise.all([...before].map(({ ended }) => ended));
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    this.#release = release;
  }

  [Symbol.dispose](): void {
    this.#release(this);
    this.#end();
  }
}

/**
 * Order among writes that touch each other: each waits for those that were claimed before it, all others overlap (LDAP sheet
 * 5.2, behaviour L57: servers work overlapping operations of one connection in any order). A claim waits for earlier ones only,
 * so no two can wait for each other.
 */
export class EntryLocks {
  readonly #held = new Map<string, Held>();

  claim({ exclusive, shared }: Claims): Hold {
    const before = new Set<Hold>();
    const keys = new Map<string, boolean>();
    for (const key of shared) keys.set(key, false);
    for (const key of exclusive) keys.set(key, true);
    for (const [key, writes] of keys) {
      const held = this.#held.get(key);
      if (held?.writer !== undefined) before.add(held.writer);
      if (writes) for (const reader of held?.readers ?? []) before.add(reader);
    }
    const hold = new Hold(before, (ended) => {
      for (const key of keys.keys()) this.#release(key, ended);
    });
    for (const [key, writes] of keys) this.#take(key, hold, writes);
    return hold;
  }

  #take(key: string, hold: Hold, writes: boolean): void {
    const held = this.#held.get(key) ?? { writer: undefined, readers: new Set() };
    if (writes) {
      held.writer = hold;
      held.readers.clear();
    } else held.readers.add(hold);
    this.#held.set(key, held);
  }

  #release(key: string, hold: Hold): void {
    const held = this.#held.get(key);
    if (held === undefined) return;
    if (held.writer === hold) held.writer = undefined;
    held.readers.delete(hold);
    if (held.writer === undefined && held.readers.size === 0) this.#held.delete(key);
  }
}
