/** The connector's name, which is part of the path on every server. */
export const connectorName = 'Bench';

/** The columns of the benchmark's target file, as in the tutorial. */
export const personColumns = ['AzureObjectID', 'IsActive', 'DisplayName', 'EmployeeId', 'Title', 'UserName', 'Email'];

/** The path that asks for one person by the query attribute, as Entra's client writes it. */
export function pathOfKey(key: string): string {
  const filter = `urn:ietf:params:scim:schemas:extension:ECMA2Host:2.0:User:AzureObjectID eq "${key}"`;
  return `/ecma2host_${connectorName}/scim/Users?filter=${encodeURIComponent(filter)}`;
}

/** The key of the n-th person: what the anchor and the query attribute hold. */
export function personKey(n: number): string {
  return `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
}

/** The n-th row of the target file. */
export function personRow(n: number): string {
  return `${personKey(n)};True;Person Number ${n};${10_000 + n};Analyst;person.${n}@contoso.example;person.${n}@mail.contoso.example`;
}

/** The n-th person as the bare handler stores it: the same members as the host answers. */
export function storedPerson(n: number): string {
  const key = personKey(n);
  return JSON.stringify({
    schemas: [
      'urn:ietf:params:scim:schemas:core:2.0:User',
      'urn:ietf:params:scim:schemas:extension:ECMA2Host:2.0:User',
    ],
    id: Buffer.from(key).toString('base64url'),
    'urn:ietf:params:scim:schemas:extension:ECMA2Host:2.0:User': {
      AzureObjectID: key,
      IsActive: true,
      DisplayName: `Person Number ${n}`,
      EmployeeId: String(10_000 + n),
      Title: 'Analyst',
      UserName: `person.${n}@contoso.example`,
      Email: `person.${n}@mail.contoso.example`,
    },
    meta: { resourceType: 'User', version: 'W/"1"', location: `https://localhost/Users/${key}` },
  });
}
