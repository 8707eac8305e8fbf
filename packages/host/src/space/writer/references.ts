import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { DistinguishedNameStyle } from '@joinery/connector';
import { isObject, printJson, type ScimObject, type ScimValue } from '@joinery/scim/evaluation';
import { nameKeyOf } from '../../object/dn-form.ts';
import { type ResolvedRow, rowVersion, type SpaceRow } from '../row.ts';
import { parseStored } from '../stored-json.ts';
import { livesIn, type WholeVersion } from './versions.ts';

/** How an attribute of one type refers to other objects. */
export interface ReferenceDefinition {
  /** SCIM resource type of the rows that have it. */
  readonly type: string;
  /** The attribute's name in {@link SpaceRow.references}. */
  readonly attribute: string;
  /** The member names from the root of a resource to the value. */
  readonly steps: readonly string[];
  readonly list: boolean;
  /** `id`: the id as text; `member`: `{value: id, type: resource type}`. */
  readonly form: 'id' | 'member';
  /** How raw values are compared with {@link SpaceRow.referenceKey}: with `None` as they are. */
  readonly dnStyle: DistinguishedNameStyle;
  /** SCIM resource types that it may refer to. */
  readonly to: readonly string[];
}

/** An object that others referred to by one key and refer to by another from now on. */
export interface Renamed {
  readonly from: string;
  readonly row: SpaceRow;
}

interface Target {
  readonly id: string;
  readonly type: string;
}

/** Raw values by attribute name, each with the id it stands for, if any. */
type Resolution = Record<string, [string, string | null][]>;

const NO_KEYS: ReadonlySet<string> = new Set();

/** Turns what a target calls other objects into their ids, and keeps the way back: from an object to the rows that refer to it. */
export class References {
  readonly #byType = new Map<string, ReferenceDefinition[]>();
  readonly #referredTo: ReadonlySet<string>;
  readonly #candidates: StatementSync;
  readonly #referrers: StatementSync;

  constructor(database: DatabaseSync, definitions: readonly ReferenceDefinition[]) {
    for (const each of definitions) this.#byType.set(each.type, [...(this.#byType.get(each.type) ?? []), each]);
    this.#referredTo = new Set(definitions.flatMap(({ to }) => to));
    this.#candidates = database.prepare('SELECT id, type, born, died FROM object WHERE reference_key = ? ORDER BY row');
    this.#referrers = database.prepare('SELECT row FROM reference WHERE key = ?');
  }

  /** The key by which others may refer to a row; null when nothing can. */
  keyOf({ type, referenceKey }: Pick<SpaceRow, 'type' | 'referenceKey'>): string | null {
    return this.#referredTo.has(type) ? referenceKey : null;
  }

  /** Names of the members that show references of a type: what they show also depends on other objects. */
  shownBy(type: string): readonly string[] {
    return (this.#byType.get(type) ?? []).flatMap(({ steps }) => steps.at(-1) ?? []);
  }

  /** Rows that refer to an object by this key, resolved or not. */
  rowsReferringTo(key: string): number[] {
    return this.#referrers.all(key).map(({ row }) => Number(row));
  }

  /** A row with its references as they are in a generation. */
  resolve(row: SpaceRow, generation: number): ResolvedRow {
    const definitions = this.#byType.get(row.type);
    const { id, type, hidden, dn, references } = row;
    const referenceKey = this.keyOf(row);
    if (definitions === undefined || references === null) {
      const { body } = row;
      const version = rowVersion({ body, hidden, dn, references: null });
      return { id, type, body, version, hidden, dn, referenceKey, references: null, keys: NO_KEYS };
    }
    const keys = new Set<string>();
    const resolution: Resolution = {};
    let resource = parseStored(row.body);
    for (const definition of definitions) {
      const { attribute, steps, list, form } = definition;
      const raw = Object.hasOwn(references, attribute) ? (references[attribute] ?? []) : [];
      const targets = new Map<string, Target>();
      const pairs: [string, string | null][] = [];
      for (const value of raw) {
        const key = keyFor(definition, value);
        keys.add(key);
        // What refers to itself is not there yet.
        const itself = key === referenceKey && definition.to.includes(type) ? { id, type } : undefined;
        const target = this.#target(key, definition, generation) ?? itself;
        pairs.push([value, target?.id ?? null]);
        if (target !== undefined) targets.set(target.id, target);
      }
      if (pairs.length > 0) resolution[attribute] = pairs;
      const values = [...targets.values()].map((each) =>
        form === 'id' ? each.id : { value: each.id, type: each.type },
      );
      resource = withValue(resource, steps, values.length === 0 ? undefined : list ? values : values[0]);
    }
    const body = printJson(resource);
    const version = rowVersion({ body, hidden, dn, references });
    return {
      id,
      type,
      body,
      version,
      hidden,
      dn,
      referenceKey,
      references: JSON.stringify(resolution),
      keys,
      resource,
    };
  }

  /** A stored row with its references as they are in a generation. */
  resolveAgain(stored: WholeVersion, generation: number): ResolvedRow {
    const { meta: _, ...resource } = parseStored(stored.json);
    const references: Record<string, string[]> = {};
    for (const [attribute, pairs] of Object.entries(resolutionOf(stored.references ?? '{}'))) {
      references[attribute] = pairs.map(([raw]) => raw);
    }
    const { id, type, hidden, dn, referenceKey } = stored;
    return this.resolve({ id, type, body: printJson(resource), hidden, dn, referenceKey, references }, generation);
  }

  /**
   * A stored row whose references stay with an object that is called otherwise now, as targets keep them that can rename;
   * undefined when it has none to it. What the target really holds the next import says.
   */
  following(stored: WholeVersion, { from, row: { type: to, dn, referenceKey } }: Renamed): SpaceRow | undefined {
    const { id, type, hidden } = stored;
    const { meta: _, ...resource } = parseStored(stored.json);
    const references: Record<string, string[]> = {};
    let follows = false;
    for (const [attribute, pairs] of Object.entries(resolutionOf(stored.references ?? '{}'))) {
      const definition = this.#byType.get(type)?.find((each) => each.attribute === attribute && each.to.includes(to));
      const name = definition !== undefined && definition.dnStyle !== 'None' ? dn : referenceKey;
      references[attribute] = pairs.map(([raw]) => {
        if (definition === undefined || name === null || keyFor(definition, raw) !== from) return raw;
        follows = true;
        return name;
      });
    }
    if (!follows) return undefined;
    const body = printJson(resource);
    return { id, type, body, hidden, dn: stored.dn, referenceKey: stored.referenceKey, references };
  }

  /** The keys of what a stored row refers to. */
  keysOf(type: string, references: string): ReadonlySet<string> {
    const resolution = resolutionOf(references);
    const keys = new Set<string>();
    for (const definition of this.#byType.get(type) ?? []) {
      for (const [raw] of resolution[definition.attribute] ?? []) keys.add(keyFor(definition, raw));
    }
    return keys;
  }

  #target(key: string, { to }: ReferenceDefinition, generation: number): Target | undefined {
    for (const found of this.#candidates.all(key)) {
      const life = { born: Number(found.born), died: Number(found.died) };
      const type = String(found.type);
      if (livesIn(life, generation) && to.includes(type)) return { id: String(found.id), type };
    }
    return undefined;
  }
}

function keyFor({ dnStyle }: ReferenceDefinition, raw: string): string {
  return dnStyle === 'None' ? raw : nameKeyOf(dnStyle, raw);
}

/** This program wrote it. */
function resolutionOf(references: string): Resolution {
  const resolution: Resolution = JSON.parse(references);
  return resolution;
}

/** The resource with a value as the last member of its object; without one when it is undefined. */
function withValue(resource: ScimObject, steps: readonly string[], value: ScimValue | undefined): ScimObject {
  const [name, ...inner] = steps;
  if (name === undefined) return resource;
  if (inner.length > 0) {
    const block = resource[name];
    if (value === undefined && !isObject(block)) return resource;
    return { ...resource, [name]: withValue(isObject(block) ? block : {}, inner, value) };
  }
  const { [name]: _, ...others } = resource;
  return value === undefined ? others : { ...others, [name]: value };
}
