import type { Answer, ScimCaller } from './caller.ts';
import { URN } from './caller.ts';
import { nameOf, type State, type StormTarget, startOf, stateOf } from './storm-targets.ts';

/** One write as a caller asks for it. */
export interface Call {
  readonly kind: 'create' | 'patch' | 'put' | 'disable' | 'enable' | 'delete';
  readonly id: string;
  /** Different in every call that carries one, so that an effect shows whose it is. */
  readonly title: string;
  readonly password: boolean;
}

/** People of one target, those who were deleted included: few enough to be asked for one by one. */
const MOST_PEOPLE = 60;

/** The resource id of an anchor (host sheet 13.1 (1)), computed apart from the program. */
export function resourceId(id: string): string {
  return Buffer.from(`S${id}`).toString('base64url');
}

/** What may be true of one target, by what its callers were told: kept outside the process that is killed. */
export class Oracle {
  readonly target: StormTarget;
  readonly possible: Map<string, ReadonlySet<State>>;
  /** Calls without an answer, by person. */
  readonly open = new Map<string, Call>();
  /** The titles of those who were created with a password. */
  readonly withPassword = new Set<string>();
  /** Answers that must not have been given. */
  readonly faults: string[] = [];
  confirmed = 0;
  readonly #busy = new Set<string>();
  #titles = 0;

  constructor(target: StormTarget) {
    this.target = target;
    this.possible = startOf(target);
  }

  /** Takes a person who is nobody else's and whose state is certain, and a write that makes sense for it. */
  next(pick: (below: number) => number): Call | undefined {
    this.#titles += 1;
    const title = `${this.target.name} ${this.#titles}`;
    const known = [...this.possible.keys()];
    const id =
      known.length < 5 || (known.length < MOST_PEOPLE && pick(4) === 0)
        ? `new-${this.#titles}`
        : (known[pick(known.length)] ?? '');
    if (this.#busy.has(id) || this.open.has(id)) return undefined;
    this.#busy.add(id);
    return { kind: this.#kind(id, pick), id, title, password: this.target.passwords && pick(2) === 0 };
  }

  #kind(id: string, pick: (below: number) => number): Call['kind'] {
    const state = this.certain(id);
    if (state === undefined) return 'create';
    if (state.endsWith('/left')) return 'enable';
    return (['patch', 'patch', 'put', 'disable', 'delete'] as const)[pick(5)] ?? 'patch';
  }

  /** The one state that is possible; only asked of people without an open call. */
  certain(id: string): State {
    return [...(this.possible.get(id) ?? [undefined])][0];
  }

  sent(call: Call): void {
    if (call.kind === 'create' && call.password) this.withPassword.add(call.title);
    const before = this.possible.get(call.id) ?? new Set<State>([undefined]);
    this.possible.set(call.id, new Set([...before, ...[...before].map((state) => this.after(call, state))]));
    this.open.set(call.id, call);
  }

  answered(call: Call, before: State, { status, text }: Pick<Answer, 'status' | 'text'>): void {
    if (status === 503) return;
    if (status < 200 || status > 299) {
      this.faults.push(`${call.kind} of ${call.id}: ${status} ${text}`);
      return;
    }
    this.possible.set(call.id, new Set([this.after(call, before)]));
    this.open.delete(call.id);
    this.confirmed += 1;
  }

  /** What a person turned out to be whose write had no answer. */
  settled(id: string, seen: string): void {
    const states = [...(this.possible.get(id) ?? [])].filter((state) => visible(state) === seen);
    if (states.length === 0) this.faults.push(`${id}: ${seen}, which nobody asked for`);
    this.possible.set(id, new Set(states.slice(0, 1)));
    this.open.delete(id);
  }

  release(call: Call): void {
    this.#busy.delete(call.id);
  }

  after({ kind, title }: Call, state: State): State {
    const [before = '', status] = (state ?? '').split('/');
    if (kind === 'create') return stateOf(title);
    if (kind === 'delete' || state === undefined) return undefined;
    if (kind === 'patch' || kind === 'put') return stateOf(title, status);
    if (kind === 'enable') return stateOf(before, 'here');
    return this.target.disabling === 'delete' ? undefined : stateOf(before, 'left');
  }
}

/** How a person of this state looks to a caller. */
export function visible(state: State): string {
  if (state === undefined) return 'nobody';
  const [title = '', status] = state.split('/');
  return `${title}${status === 'left' ? ', disabled' : ''}`;
}

/** What an answer says of a person; `unknown` for one that says to come back later. */
export function told({ status, body }: Answer): string {
  if (status === 503) return 'unknown';
  if (status === 404) return 'nobody';
  if (status !== 200) return `answer ${status}`;
  return `${body[URN].title}${body.active === false ? ', disabled' : ''}`;
}

export function send(scim: ScimCaller, { kind, id, title, password }: Call): Promise<Answer> {
  const at = resourceId(id);
  const values = { id, userName: nameOf(id), title };
  switch (kind) {
    case 'create':
      return scim.create({ ...values, ...(password ? { export_password: 'Pa55-word!' } : {}) });
    case 'put':
      return scim.request('PUT', `/Users/${at}`, { schemas: [URN], [URN]: values });
    case 'patch':
      return scim.set(at, 'title', title);
    case 'disable':
    case 'enable':
      return scim.patch(at, { op: 'Replace', path: 'active', value: kind === 'enable' });
    case 'delete':
      return scim.delete(at);
  }
}

export interface StormOptions {
  readonly callers?: number;
  /** Called after every answer. */
  readonly answered?: () => void;
  /** Called with the body of an answer that says to come back later. */
  readonly refused?: (text: string) => void;
  readonly until?: () => boolean;
}

/**
 * Writes at random until the process is gone or `until` says so, reading back now and then what was just confirmed.
 */
export async function storm(
  scim: ScimCaller,
  oracle: Oracle,
  pick: (below: number) => number,
  { callers = 2, answered = () => {}, refused = () => {}, until = () => false }: StormOptions,
): Promise<void> {
  const work = async (): Promise<void> => {
    while (!until()) {
      const call = oracle.next(pick);
      if (call === undefined) {
        await new Promise((resolve) => setImmediate(resolve));
        continue;
      }
      const before = oracle.certain(call.id);
      oracle.sent(call);
      const answer = await send(scim, call);
      oracle.answered(call, before, answer);
      if (answer.status === 503) refused(answer.text);
      answered();
      if (!oracle.open.has(call.id) && pick(3) === 0) await readBack(scim, oracle, call, pick(2) === 0);
      oracle.release(call);
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: callers }, work));
  for (const outcome of outcomes) {
    // The process is gone: undici rejects with a TypeError, and that is what each caller waits for.
    if (outcome.status === 'rejected' && !(outcome.reason instanceof TypeError)) throw outcome.reason;
  }
}

async function readBack(scim: ScimCaller, oracle: Oracle, { kind, id }: Call, byName: boolean): Promise<void> {
  const wanted = visible(oracle.certain(id));
  const answer = byName ? await scim.find(`userName eq "${nameOf(id)}"`) : await scim.get(`/Users/${resourceId(id)}`);
  const found = byName && answer.status === 200 ? listed(answer) : told(answer);
  if (found !== wanted) oracle.faults.push(`${id} after ${kind}: ${found} instead of ${wanted}`);
}

/** What a list of at most one person says. */
export function listed(answer: Answer): string {
  const { totalResults, Resources = [] } = answer.body;
  if (totalResults === 0) return 'nobody';
  return totalResults === 1 ? told({ ...answer, body: Resources[0] }) : `${totalResults} people`;
}
