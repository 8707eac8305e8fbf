import { readFileSync } from 'node:fs';
import { Attribute, Change, Client } from 'ldapts';
import type { Slapd } from '../../testing/directories/slapd.ts';
import { inFlight } from './in-flight.ts';
import { newPerson } from './person.ts';

/** A bare ldapts over one LDAPS connection: what writing costs when nothing else is done. */
export class BareWriter {
  readonly name: string;
  readonly #client: Client;
  readonly #container: string;
  readonly #window: number;

  private constructor(client: Client, container: string, window: number) {
    this.name = `bare ldapts 1x${window}`;
    this.#client = client;
    this.#container = container;
    this.#window = window;
  }

  static async open(slapd: Slapd, window: number): Promise<BareWriter> {
    const client = new Client({ url: slapd.ldapsUrl, tlsOptions: { ca: readFileSync(slapd.caFile) } });
    await client.bind(slapd.admin.dn, slapd.admin.password);
    return new BareWriter(client, `ou=people,${slapd.suffix}`, window);
  }

  async write(operation: 'add' | 'modify' | 'rename' | 'delete', round: number, count: number): Promise<void> {
    const dn = (number: number, renamed = ''): string => `uid=bare${renamed}-${round}-${number},${this.#container}`;
    await inFlight(count, this.#window, async (number) => {
      switch (operation) {
        case 'add':
          return this.#client.add(dn(number), { ...mutable(newPerson(`bare-${round}-${number}`, number)) });
        case 'modify': {
          const modification = new Attribute({ type: 'title', values: [`Changed ${number}`] });
          return this.#client.modify(dn(number), new Change({ operation: 'replace', modification }));
        }
        case 'rename':
          return this.#client.modifyDN(dn(number), dn(number, 'x'));
        case 'delete':
          return this.#client.del(dn(number, 'x'));
      }
    });
  }

  async close(): Promise<void> {
    await this.#client.unbind();
  }
}

/** ldapts takes lists that may be changed. */
function mutable(person: ReturnType<typeof newPerson>): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(person).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
  );
}
