import type { Host } from '@joinery/host';
import { expect, vi } from 'vitest';
import type { ScimCaller } from './caller.ts';
import { caller, type TestHome } from './home.ts';
import { type Call, listed, type Oracle, resourceId, send, told, visible } from './storm.ts';
import { effectsIn, nameOf, type State, statesIn } from './storm-targets.ts';

/** What was found after a kill, for the report. */
export interface Verdict {
  readonly confirmed: number;
  /** Calls that were cut off without an answer. */
  readonly cutOff: number;
  /** Of them those that the host showed as uncertain, because nothing can decide them. */
  readonly uncertain: number;
}

/**
 * Holds a home folder whose host was killed, and the host that starts on it, against what callers were told:
 * no confirmed write is lost, no effect came twice, ids stay, no answer contradicts the target, what can be decided is,
 * what cannot is shown, and what the callers repeat ends as asked.
 */
export async function judge(home: TestHome, oracles: readonly Oracle[]): Promise<Verdict> {
  for (const oracle of oracles) {
    expect(oracle.faults).toEqual([]);
    await settleByTarget(home, oracle);
  }
  const host = await home.start({ settled: false });
  const callers = new Map(oracles.map((oracle) => [oracle, caller(host, oracle.target.name)]));
  // From the first answer on: nothing is told that is not so, whatever is still being found out.
  for (const [oracle, scim] of callers) {
    const sample = [...oracle.possible.keys()].filter((id, index) => oracle.open.has(id) || index % 3 === 0);
    await readAll(scim, oracle, 'while it recovers', sample);
  }
  for (const { target } of oracles) await host.settled(target.name);
  let uncertain = 0;
  for (const [oracle, scim] of callers) {
    if (oracle.target.decidable) await untilDecided(host, oracle);
    else uncertain += await expectUncertain(host, scim, oracle);
    expect((await readAll(scim, oracle, 'when it has recovered')).unknown).toEqual([]);
    await expectAll(scim, oracle);
    if (oracle.target.decidable) expectPasswords(home, host, oracle);
  }
  const cutOff = oracles.reduce((sum, { open }) => sum + open.size, 0);
  for (const [oracle, scim] of callers) {
    if (!oracle.target.decidable) continue;
    const calls = [...oracle.open.values()];
    for (const call of calls) await repeat(scim, oracle, call);
    await settleByTarget(home, oracle);
    const repeated = calls.map(({ id }) => id);
    expect((await readAll(scim, oracle, 'when all was repeated', repeated)).unknown).toEqual([]);
  }
  await host.close();
  return { confirmed: oracles.reduce((sum, { confirmed }) => sum + confirmed, 0), cutOff, uncertain };
}

/** Compares the target with what its callers were told; from then on what really stands there is what may be told. */
export async function settleByTarget(home: TestHome, oracle: Oracle): Promise<void> {
  const { target, possible } = oracle;
  const found = await statesIn(home, target);
  for (const [id, states] of found) expect([target.name, id, states]).toEqual([target.name, id, [states[0]]]);
  const wrong = [...new Set([...possible.keys(), ...found.keys()])].filter(
    (id) => !(possible.get(id) ?? new Set()).has(found.get(id)?.[0]),
  );
  expect(wrong.map((id) => [target.name, id, found.get(id)?.[0], [...(possible.get(id) ?? [])]])).toEqual([]);
  for (const id of possible.keys()) possible.set(id, new Set<State>([found.get(id)?.[0]]));
  if (target.name === 'files') return;
  const effects = effectsIn(home, target).filter(({ identifier }) => identifier !== '');
  const asked = effects.map(({ identifier, operation }) => `${identifier} ${operation === 'Password'}`);
  expect(repeated(asked)).toEqual([]);
  expect(repeated(effects.flatMap(({ operation, values }) => (operation === 'Add' ? [values.title] : [])))).toEqual([]);
}

function repeated(all: readonly unknown[]): unknown[] {
  return all.filter((each, index) => all.indexOf(each) !== index);
}

/** Asks for people, for everybody unless it is said for whom; whoever is told of is told of as the target has it. */
export async function readAll(
  scim: ScimCaller,
  oracle: Oracle,
  when: string,
  ids: Iterable<string> = oracle.possible.keys(),
): Promise<{ unknown: string[] }> {
  const unknown: string[] = [];
  const wrong: unknown[] = [];
  for (const id of ids) {
    const wanted = visible(oracle.certain(id));
    const byId = told(await scim.get(`/Users/${resourceId(id)}`));
    const answer = await scim.find(`userName eq "${nameOf(id)}"`);
    const byName = answer.status === 200 ? listed(answer) : told(answer);
    if (byId === 'unknown' || byName === 'unknown') unknown.push(id);
    for (const found of [byId, byName]) if (found !== 'unknown' && found !== wanted) wrong.push([id, found, wanted]);
  }
  expect([oracle.target.name, when, wrong]).toEqual([oracle.target.name, when, []]);
  return { unknown };
}

/** Walks the pages: everybody once, and the total right. */
export async function expectAll(scim: ScimCaller, oracle: Oracle): Promise<void> {
  const wanted = [...oracle.possible.keys()].filter((id) => oracle.certain(id) !== undefined).map(resourceId);
  const found: string[] = [];
  for (let more = true; more; ) {
    const { body } = await scim.get(`/Users?startIndex=${found.length + 1}&count=25`);
    expect([oracle.target.name, body.totalResults]).toEqual([oracle.target.name, wanted.length]);
    for (const { id } of body.Resources ?? []) found.push(id);
    more = (body.Resources ?? []).length > 0;
  }
  expect(found.sort()).toEqual(wanted.sort());
}

function statusOf(host: Host, oracle: Oracle): Host['connectors'][number] | undefined {
  return host.connectors.find(({ name }) => name === oracle.target.name);
}

function doubtsOf(host: Host, oracle: Oracle): Host['connectors'][number]['inDoubt'] {
  return statusOf(host, oracle)?.inDoubt ?? [];
}

/** A look-up or the import that every start brings finds out about each write. */
async function untilDecided(host: Host, oracle: Oracle): Promise<void> {
  await vi.waitFor(() => expect(doubtsOf(host, oracle)).toEqual([]), { timeout: 10_000, interval: 20 });
}

/** Who was created with a password has got it, or is named as somebody of whom nobody knows. */
function expectPasswords(home: TestHome, host: Host, oracle: Oracle): void {
  const effects = effectsIn(home, oracle.target);
  const set = new Set(effects.filter(({ operation }) => operation === 'Password').map(({ identifier }) => identifier));
  const unknown = statusOf(host, oracle)?.passwordUnknown.map(({ id }) => id) ?? [];
  for (const { identifier, operation, id, values } of effects) {
    if (operation !== 'Add' || !oracle.withPassword.has(values.title ?? '') || set.has(identifier)) continue;
    expect([id, [...oracle.open.keys()].includes(id)]).toEqual([id, true]);
    expect([id, unknown]).toEqual([id, expect.arrayContaining([resourceId(id)])]);
  }
}

/** What nothing can decide is shown and answered by no guess, until a person says that it is known. */
async function expectUncertain(host: Host, scim: ScimCaller, oracle: Oracle): Promise<number> {
  const doubts = doubtsOf(host, oracle);
  const { unknown } = await readAll(scim, oracle, 'while it is uncertain');
  expect(doubts.map(({ id }) => id).sort()).toEqual(unknown.map(resourceId).sort());
  for (const id of unknown) expect([...oracle.open.keys()]).toContain(id);
  for (const { identifier, state } of doubts) {
    expect(state).toBe('uncertain');
    await host.forgetDoubt(oracle.target.name, identifier);
  }
  // The host holds what it held before; what the target made of these writes is the administrator's to say.
  for (const id of unknown) {
    const seen = await vi.waitFor(async () => {
      const answer = told(await scim.get(`/Users/${resourceId(id)}`));
      expect(answer).not.toBe('unknown');
      return answer;
    });
    oracle.possible.delete(id);
    if (seen !== 'nobody') oracle.possible.set(id, new Set([seen.replace(', disabled', '/left')]));
  }
  return doubts.length;
}

/** A caller repeats what got no answer, as provisioning services do. */
async function repeat(scim: ScimCaller, oracle: Oracle, call: Call): Promise<void> {
  const before = oracle.certain(call.id);
  const there = before !== undefined;
  const { status } = await send(scim, call);
  const wanted = call.kind === 'create' ? (there ? 409 : 201) : there ? (call.kind === 'delete' ? 204 : 200) : 404;
  expect([oracle.target.name, call.kind, call.id, status]).toEqual([oracle.target.name, call.kind, call.id, wanted]);
  if (status < 300) oracle.possible.set(call.id, new Set([oracle.after(call, before)]));
  oracle.open.delete(call.id);
}
