import { randomUUID } from 'node:crypto';
import type { ScimCaller } from './scim-caller.ts';

const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
const membersOfRequest = 10_000;

/** A group with so many members; answers its id. */
export async function fillGroup(caller: ScimCaller, displayName: string, members: number): Promise<string> {
  const made = await caller.send('POST', '/scim/Groups', { displayName });
  if (made.status !== 201) throw new Error(`POST answers ${made.status} ${made.text}`);
  const { id } = JSON.parse(made.text);
  for (let first = 0; first < members; first += membersOfRequest) {
    const value = Array.from({ length: Math.min(membersOfRequest, members - first) }, () => ({ value: randomUUID() }));
    const answer = await caller.send('PATCH', `/scim/Groups/${id}`, {
      schemas,
      Operations: [{ op: 'add', path: 'members', value }],
    });
    if (answer.status !== 204) throw new Error(`PATCH answers ${answer.status} ${answer.text}`);
  }
  return id;
}

/** Adds one member; answers the milliseconds that it took. */
export async function addToGroup(caller: ScimCaller, id: string, member: string): Promise<number> {
  const started = performance.now();
  const { status, text } = await caller.send('PATCH', `/scim/Groups/${id}`, {
    schemas,
    Operations: [{ op: 'add', path: 'members', value: [{ value: member }] }],
  });
  if (status !== 204) throw new Error(`PATCH answers ${status} ${text}`);
  return performance.now() - started;
}

/** Adds members to each group in turn, so that whatever else the machine does meets all of them; milliseconds of each, by group. */
export async function addOneByOne(caller: ScimCaller, groups: readonly string[], times: number): Promise<number[][]> {
  const took: number[][] = groups.map(() => []);
  for (let time = 0; time < times; time++) {
    for (const [index, id] of groups.entries()) took[index]?.push(await addToGroup(caller, id, randomUUID()));
  }
  return took;
}
