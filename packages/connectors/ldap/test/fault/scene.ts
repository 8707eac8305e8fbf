import type { Host } from '@joinery/host';
import { expect } from 'vitest';
import { type Authority, type KeyPair, makeAuthority } from '../../../../../testing/directories/certificates.ts';
import { ldapmodify, ldapsearch } from '../../../../../testing/directories/commands.ts';
import { type RecordingProxy, recordingProxy } from '../../../../../testing/directories/recording-proxy.ts';
import { type Slapd, startSlapd } from '../../../../../testing/directories/slapd.ts';
import type { Later } from '../../../../../testing/folder.ts';
import { type Json, type Answer as ScimAnswer, type ScimCaller, URN } from '../../../../host/test/support/caller.ts';
import { hostPeople } from './hosted-people.ts';

/** How long the connector waits for an answer of the server, which in some faults never comes. */
const ANSWER_SECONDS = 3;
/** Room for everything that a test writes, and little enough to be filled at once. */
const DISK_BYTES = 24_000_000;
/** People whom others manage, and whom the caller manages, at the beginning. */
const STRANGERS = 80;
const MANAGED = 30;

/** How an import is run in a scene. */
export type ImportProfile = 'full' | 'delta';

/**
 * A directory of one test's own, a host that reads and writes it through a proxy which can cut, somebody else who changes the directory,
 * and a caller who wants certain people there: what a provisioning service is to the host.
 */
export class Scene {
  readonly slapd: Slapd;
  readonly proxy: RecordingProxy;
  readonly host: Host;
  readonly scim: ScimCaller;
  readonly base: string;
  /** The proxy's certificate, which the connector trusts. */
  readonly certificate: KeyPair;
  /** An authority that it does not trust. */
  readonly stranger: Authority;
  /** The titles of the people whom the caller wants, by uid. */
  readonly wanted = new Map<string, string>();
  readonly #unwanted = new Set<string>();
  #round = 0;

  private constructor(parts: Pick<Scene, 'slapd' | 'proxy' | 'host' | 'scim' | 'base' | 'certificate' | 'stranger'>) {
    this.slapd = parts.slapd;
    this.proxy = parts.proxy;
    this.host = parts.host;
    this.scim = parts.scim;
    this.base = parts.base;
    this.certificate = parts.certificate;
    this.stranger = parts.stranger;
  }

  /** @param later undoes it; a scene may serve several faults */
  static async open(later: Later): Promise<Scene> {
    const slapd = await startSlapd({ diskBytes: DISK_BYTES }, later);
    const base = `ou=people,${slapd.suffix}`;
    await ldapmodify(slapd, [...count(STRANGERS)].map((number) => added(base, `s${number}`, 'Stranger')).join('\n'));
    const certificate = await slapd.authority.server('proxy', ['127.0.0.1']);
    const stranger = await makeAuthority(slapd.folder, 'An authority that nobody trusts');
    const proxy = await recordingProxy(slapd.url, { certificate }, later);
    const { host: address, port } = proxy;
    const through = { host: address, ldapsPort: port, caFile: slapd.caFile, account: slapd.unlimited };
    const { host, scim } = await hostPeople(through, base, ANSWER_SECONDS, later);
    const scene = new Scene({ slapd, proxy, host, scim, base, certificate, stranger });
    for (const number of count(MANAGED)) scene.wanted.set(`m${number}`, 'Engineer');
    await scene.cycle('full');
    return scene;
  }

  /** Somebody else adds, changes, renames and deletes people in the directory itself. */
  async disturb(): Promise<void> {
    this.#round += 1;
    const strangers = (await this.directory()).filter(({ uid }) => uid.startsWith('s'));
    const [changed, renamed, deleted] = [strangers.slice(0, 8), strangers.slice(8, 12), strangers.slice(12, 16)];
    const title = `Stranger of round ${this.#round}`;
    await ldapmodify(
      this.slapd,
      [
        ...[...count(8)].map((number) => added(this.base, `s${this.#round}-${number}`, title)),
        ...changed.map(({ dn }) => `dn: ${dn}\nchangetype: modify\nreplace: title\ntitle: ${title}\n`),
        ...renamed.map(
          ({ dn, uid }) => `dn: ${dn}\nchangetype: modrdn\nnewrdn: uid=${uid}-${this.#round}\ndeleteoldrdn: 1\n`,
        ),
        ...deleted.map(({ dn }) => `dn: ${dn}\nchangetype: delete\n`),
      ].join('\n'),
    );
  }

  /** The caller wants new people, other titles, and some people no more; and says so all at once. */
  async provision(): Promise<readonly Answer[]> {
    this.#round += 1;
    const before = [...this.wanted.keys()];
    const title = `Engineer of round ${this.#round}`;
    for (const uid of before.slice(0, 10)) this.wanted.set(uid, title);
    for (const uid of before.slice(10, 14)) this.#dismiss(uid);
    for (const number of count(12)) this.wanted.set(`m${this.#round}-${number}`, title);
    return this.#reconcile();
  }

  /** What a cycle of a provisioning service does: the import, and then a write for everybody who is not as wanted. */
  async cycle(profile: ImportProfile): Promise<void> {
    const { outcome, problem } = await this.host.run('LDAP', profile);
    expect([outcome, problem?.message]).toEqual(['finished', undefined]);
    const refused = (await this.#reconcile()).filter(({ status }) => status >= 300);
    expect(refused).toEqual([]);
  }

  /** What is wrong: somebody who is not as the caller wants them, or whom the host knows otherwise than they are. */
  async wrongs(): Promise<unknown> {
    const directory = await this.directory();
    const managed = directory.filter(({ uid }) => uid.startsWith('m')).map(({ uid, title }) => [uid, title]);
    const text = (one: unknown): string => JSON.stringify(one);
    const known = new Set((await this.known()).map(text));
    const real = new Set(directory.map(text));
    return {
      notAsWanted: managed.filter(([uid = '', title]) => this.wanted.get(uid) !== title),
      missing: [...this.wanted.keys()].filter((uid) => !managed.some(([other]) => other === uid)),
      unknownToHost: [...real].filter((one) => !known.has(one)),
      inventedByHost: [...known].filter((one) => !real.has(one)),
    };
  }

  /** The host asks nothing of a server whose certificate it does not trust, and says why. */
  async refusesStranger(): Promise<void> {
    this.proxy.forget();
    const { outcome, problem } = await this.host.run('LDAP', 'full');
    expect([outcome, problem?.code, this.proxy.requests]).toEqual(['failed', 'LDAP_CERTIFICATE_UNTRUSTED', []]);
  }

  /** Everybody in the directory, past our own code. */
  async directory(): Promise<readonly Person[]> {
    const filter = '(objectClass=inetOrgPerson)';
    const found = await ldapsearch(this.slapd, this.base, { filter, attributes: ['uid', 'title'] });
    return found.map(({ dn, attributes }) => ({
      dn,
      uid: attributes.uid?.[0] ?? '',
      title: attributes.title?.[0] ?? '',
    }));
  }

  /** Everybody as the host tells of them. */
  async known(): Promise<readonly Person[]> {
    const { body } = await this.scim.get('/Users?count=1000');
    expect(body.totalResults).toBe(body.Resources.length);
    return body.Resources.map(({ [URN]: person }: Json) => ({
      dn: person['-dn-'],
      uid: person.uid,
      title: person.title,
    }));
  }

  #dismiss(uid: string): void {
    this.wanted.delete(uid);
    this.#unwanted.add(uid);
  }

  /** Looks everybody up as a provisioning service does, and writes where they are not as wanted. */
  async #reconcile(): Promise<Answer[]> {
    const people = [...this.wanted, ...[...this.#unwanted].map((uid): [string, undefined] => [uid, undefined])];
    const answers = people.map(async ([uid, title]) => {
      const answer = await this.#bring(uid, title);
      return answer === undefined ? [] : [{ uid, title, status: answer.status, detail: answer.body?.detail }];
    });
    return (await Promise.all(answers)).flat();
  }

  /** @returns undefined where nothing is to be written */
  async #bring(uid: string, title: string | undefined): Promise<Pick<ScimAnswer, 'status' | 'body'> | undefined> {
    const found = await this.scim.find(`${URN}:uid eq "${uid}"`);
    if (found.status !== 200) return found;
    const [person] = found.body.Resources;
    if (title === undefined) return person === undefined ? undefined : this.scim.delete(person.id);
    if (person === undefined) {
      const names = { cn: uid, sn: uid, uid, title };
      return this.scim.create({ '-dn-': `uid=${uid},${this.base}`, ...names });
    }
    return person[URN].title === title ? undefined : this.scim.set(person.id, 'title', title);
  }
}

/** What the caller heard about one person. */
export interface Answer {
  readonly uid: string;
  /** The title that was asked for; undefined when the person was to go. */
  readonly title: string | undefined;
  readonly status: number;
  readonly detail: unknown;
}

export interface Person {
  readonly dn: string;
  readonly uid: string;
  readonly title: string;
}

/** What {@link Scene.wrongs} finds when all is well. */
export const NOTHING_WRONG = { notAsWanted: [], missing: [], unknownToHost: [], inventedByHost: [] };

function added(base: string, uid: string, title: string): string {
  return `dn: uid=${uid},${base}\nchangetype: add\nobjectClass: inetOrgPerson\nuid: ${uid}\ncn: ${uid}\nsn: ${uid}\ntitle: ${title}\n`;
}

function* count(to: number): Generator<number> {
  for (let number = 0; number < to; number += 1) yield number;
}
