import type { CSEntryChange } from '@joinery/connector';
import { domainScope, showDeleted, showRecycled } from '../../protocol/control/without-value.ts';
import { allOf, anyOf, atLeast, equals, not } from '../../protocol/filter/build.ts';
import { parseFilter } from '../../protocol/filter/parse.ts';
import type { Filter } from '../../protocol/filter.ts';
import { assertThere } from '../base-check.ts';
import { type EntryPlan, planEntries } from '../entry-plan.ts';
import { importFilter } from '../import-filter.ts';
import { ChangedEntries, type ChangeSearch, type Found } from './changed-entries.ts';
import type { DeltaReader, Reading } from './delta-reader.ts';
import { anchorsOf } from './departure.ts';
import { assertRemembered, contextsOf, controllerState, invocationId, seesDeleted } from './directory-service.ts';
import { fullImportRequired } from './full-import-required.ts';
import { keyOf, Scopes } from './scope.ts';
import { type Point, positionPart } from './watermark.ts';

/** Anchors that a deleted object keeps and no object ever changes. */
const lasting: ReadonlySet<string> = new Set(['objectguid', 'objectsid']);
/** What holds other objects: when it is renamed, their names change and their numbers do not. */
const containers = ['organizationalUnit', 'container', 'builtinDomain', 'organization', 'locality'];
const attributes = ['objectclass', 'isdeleted', 'usncreated'];

/**
 * Changes by the numbers that Active Directory, AD LDS and Samba give to them (LDAP sheet 4.10). Deleted objects are found as what is
 * left of them; objects that went out of what is read are seen where they are now. Where the number has not moved, nothing has changed,
 * and the delta is one search.
 */
export const usnChanged: DeltaReader = {
  needsOwnConnection: false,

  async beginning({ context, connection, scopes, signal }) {
    const { highest, service, time } = await controllerState(context, connection, signal);
    for (const root of contextsOf(context, scopes)) {
      if (await seesDeleted(connection, root, signal)) continue;
      context.logger.warn({ root }, 'the account does not see CN=Deleted Objects: delta imports will miss deletes');
    }
    return {
      server: serverName(service, await invocationId(connection, service, signal)),
      position: positionOf(highest, time),
    };
  },

  async *changes(reading): AsyncGenerator<readonly CSEntryChange[], Point, undefined> {
    const { context, connection, scopes, schema, from, signal } = reading;
    const number = BigInt(positionPart(from, 'usn', /^\d{1,19}$/));
    const time = Number(positionPart(from, 'time', /^\d{1,15}$/));
    const state = await controllerState(context, connection, signal);
    if (!from.server.startsWith(`${state.service}#`)) {
      throw fullImportRequired('Another domain controller answers than at the last import, whose numbers are others.');
    }
    if (state.highest < number) throw fullImportRequired('The domain controller has lost changes: it was restored.');
    if (state.highest === number) return from;
    const server = serverName(state.service, await invocationId(connection, state.service, signal));
    if (server !== from.server)
      throw fullImportRequired('The domain controller was restored, and gives out its numbers again.');
    await assertRemembered(context, connection, state.time - time, signal);
    // A scope that was renamed or deleted must not look like one that everybody has left (behaviour L33).
    for (const scope of scopes) await assertThere(context, connection, scope, signal);
    const plan = planEntries(context, schema);
    assertLasting(plan);
    const changes = new UsnChanges(reading, plan, number);
    for (const root of contextsOf(context, scopes)) yield* changes.below(root);
    return { server, position: positionOf(state.highest, state.time) };
  },
};

function serverName(service: string, id: string): string {
  return `${service}#${id}`;
}

function positionOf(highest: bigint, time: number): Point['position'] {
  return { usn: String(highest), time: String(time) };
}

/** @throws CONNECTOR_WATERMARK_INVALID for anchors of which a number does not tell that they changed, or that deleted objects lose */
function assertLasting(plan: EntryPlan): void {
  for (const anchor of plan.types.flatMap(anchorsOf)) {
    if (lasting.has(anchor.name.toLowerCase())) continue;
    throw fullImportRequired(`Deleted objects cannot be told by the anchor "${anchor.name}"; they can by objectGUID.`);
  }
}

class UsnChanges {
  readonly #reading: Reading;
  readonly #plan: EntryPlan;
  readonly #number: bigint;
  readonly #scopes: Scopes;
  readonly #entries: ChangedEntries;
  /** Containers that may have been renamed. */
  #suspects: string[] = [];

  constructor(reading: Reading, plan: EntryPlan, number: bigint) {
    this.#reading = reading;
    this.#plan = plan;
    this.#number = number;
    this.#scopes = new Scopes(reading.scopes);
    this.#entries = new ChangedEntries(reading, plan);
  }

  /** Everything that changed in a naming context. */
  async *below(root: string): AsyncGenerator<readonly CSEntryChange[], void, undefined> {
    const { context } = this.#reading;
    const changed = atLeast('uSNChanged', String(this.#number + 1n));
    const wanted = importFilter(context, this.#plan);
    const places = anyOf(containers.map((name) => equals('objectClass', name)));
    this.#suspects = [];
    yield* this.#search(root, allOf([anyOf([wanted, equals('isDeleted', 'TRUE'), places]), changed]), (found) =>
      this.#tell(found, root),
    );
    const condition = this.#unwanted();
    if (condition !== undefined) {
      yield* this.#search(root, allOf([condition, changed]), ({ facts }) => this.#entries.departures(facts));
    }
    // All objects below have another name now, and their own numbers do not say so.
    for (const dn of this.#suspects) yield* this.#search(dn, wanted, (found) => this.#tell(found, root));
  }

  async *#search(
    base: string,
    filter: Filter,
    tell: ChangeSearch['tell'],
  ): AsyncGenerator<readonly CSEntryChange[], void, undefined> {
    const { controls: known } = this.#reading.context.profile;
    // Where there is a recycle bin, what was emptied out of it is shown by a control of its own only.
    const deleted = known.has(showRecycled.oid) ? showRecycled : showDeleted;
    yield* this.#entries.search({ base, filter, attributes, controls: [deleted, domainScope], tell });
  }

  #tell({ facts, whole }: Found, root: string): readonly CSEntryChange[] {
    if (facts.texts('isdeleted')[0]?.toUpperCase() === 'TRUE') return this.#deleted({ facts, whole });
    if (this.#isSuspect({ facts, whole }, root)) this.#suspects.push(facts.dn);
    if (whole === undefined) return [];
    if (!this.#scopes.has(facts.dn)) return this.#entries.departures(facts);
    const created = facts.texts('usncreated')[0] ?? '0';
    const isNew = /^\d+$/.test(created) && BigInt(created) > this.#number;
    return [{ ...whole, objectModificationType: isNew ? 'Add' : 'Replace' }];
  }

  /** Their names, `\\0ADEL:` and a GUID, are nobody's business (behaviour L44). */
  #deleted({ facts, whole }: Found): readonly CSEntryChange[] {
    if (whole === undefined) return [];
    const type = whole.objectType;
    return this.#entries.departures(facts).filter(({ objectType }) => objectType === type);
  }

  #isSuspect({ facts }: Found, root: string): boolean {
    const created = facts.texts('usncreated')[0] ?? '0';
    const isOld = !/^\d+$/.test(created) || BigInt(created) <= this.#number;
    const classes = facts.texts('objectclass').map((name) => name.toLowerCase());
    return isOld && keyOf(facts.dn) !== keyOf(root) && containers.some((name) => classes.includes(name.toLowerCase()));
  }

  /** What is of a selected class and does not meet the administrator's condition (any more). */
  #unwanted(): Filter | undefined {
    const { importFilter: condition } = this.#reading.context.settings;
    if (condition === '') return undefined;
    const ofType = anyOf(this.#plan.types.map(({ name }) => equals('objectClass', name)));
    return allOf([ofType, not(equals('isDeleted', 'TRUE')), not(parseFilter(condition))]);
  }
}
