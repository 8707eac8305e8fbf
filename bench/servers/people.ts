import { personColumns, personKey, personValues } from '../../examples/host-target/src/index.ts';

/** The connector's name, which is part of the path on every server. */
export const connectorName = 'Bench';

const users = `/ecma2host_${connectorName}/scim/Users`;
export const extensionUrn = 'urn:ietf:params:scim:schemas:extension:ECMA2Host:2.0:User';

/** The path that asks for one person by the query attribute, as Entra's client writes it. */
export function pathOfKey(key: string): string {
  return `${users}?filter=${encodeURIComponent(`${extensionUrn}:AzureObjectID eq "${key}"`)}`;
}

/** The path of the person with this key. */
export function pathOfId(key: string): string {
  return `${users}/${idOf(key)}`;
}

/** The path of a page of a hundred. @param startIndex from 1 */
export function pathOfPage(startIndex: number): string {
  return `${users}?startIndex=${startIndex}&count=100`;
}

/** The path of new people. */
export const pathOfUsers = users;

/** The id that the host gives to an object: its anchor, with the tag of a text. */
export function idOf(key: string): string {
  return Buffer.from(`S${key}`).toString('base64url');
}

/** The key that an id was made of. */
export function keyOf(id: string): string {
  return Buffer.from(id, 'base64url').toString().slice(1);
}

/** The n-th person as the bare handler stores it: the same members as the host answers. */
export function storedPerson(n: number): string {
  const key = personKey(n);
  const values = personColumns.map((name, at) => [name, name === 'IsActive' ? true : personValues(n)[at]]);
  return JSON.stringify({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', extensionUrn],
    id: idOf(key),
    [extensionUrn]: Object.fromEntries(values),
    meta: { resourceType: 'User', version: 'W/"1"', location: `https://localhost/Users/${key}` },
  });
}

/** The body of a request that makes the n-th person. */
export function newPerson(n: number): string {
  const values = personColumns.map((name, at) => [name, name === 'IsActive' ? true : personValues(n)[at]]);
  return JSON.stringify({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', extensionUrn],
    [extensionUrn]: Object.fromEntries(values),
  });
}

/** The body of a request that gives a person another title. */
export function changedTitle(title: string): string {
  return JSON.stringify({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'replace', path: `${extensionUrn}:Title`, value: title }],
  });
}
