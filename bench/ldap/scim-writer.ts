import { ScimCaller } from '../directory/scim-caller.ts';
import type { ServerProcess } from '../server-process.ts';
import { extensionUrn, pathOfUsers } from '../servers/people.ts';
import { inFlight } from './in-flight.ts';
import { newPerson } from './person.ts';

/** Writes through a host, so many requests at once. */
export class ScimWriter {
  readonly name: string;
  readonly #server: ServerProcess;
  readonly #caller: ScimCaller;
  readonly #container: string;
  readonly #form: string;
  readonly #atOnce: number;
  /** Of the people of the round. */
  #ids: string[] = [];

  constructor(server: ServerProcess, container: string, form: string, atOnce: number) {
    this.name = `SCIM in, LDAP out ${form}, ${atOnce} at once`;
    this.#server = server;
    this.#caller = new ScimCaller(server, atOnce);
    this.#container = container;
    this.#form = form;
    this.#atOnce = atOnce;
  }

  async write(operation: 'add' | 'modify' | 'rename' | 'delete', round: number, count: number): Promise<void> {
    const ids: string[] = operation === 'add' ? [] : this.#ids;
    const name = (number: number): string => `h${this.#form}-${round}-${number}`;
    await inFlight(count, this.#atOnce, async (number) => {
      switch (operation) {
        case 'add': {
          const person = newPerson(name(number), number);
          const own = { '-dn-': `uid=${name(number)},${this.#container}`, ...person };
          const body = {
            schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', extensionUrn],
            [extensionUrn]: { ...own, uidNumber: Number(person.uidNumber), gidNumber: Number(person.gidNumber) },
          };
          const { id } = JSON.parse(await this.#send('POST', pathOfUsers, [201], body));
          ids[number] = id;
          return;
        }
        case 'modify':
          return this.#patch(ids[number], 'title', `Changed ${number}`);
        case 'rename':
          return this.#patch(ids[number], '-dn-', `uid=x${name(number)},${this.#container}`);
        case 'delete':
          await this.#send('DELETE', `${pathOfUsers}/${ids[number]}`, [204]);
      }
    });
    this.#ids = ids;
  }

  async #patch(id: string | undefined, attribute: string, value: string): Promise<void> {
    await this.#send('PATCH', `${pathOfUsers}/${id}`, [200, 204], {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', path: `${extensionUrn}:${attribute}`, value }],
    });
  }

  async #send(
    method: 'POST' | 'PATCH' | 'DELETE',
    path: string,
    accept: readonly number[],
    body?: unknown,
  ): Promise<string> {
    const { status, text } = await this.#caller.send(method, path, body);
    if (!accept.includes(status)) throw new Error(`${method} ${path} answers ${status} ${text}`);
    return text;
  }

  async close(): Promise<void> {
    await this.#caller.close();
    await this.#server.stop();
  }
}
