import { type AttributeValue, type CSEntryChange, joinDn } from '@joinery/connector';
import type { LdapContext } from '../../../context.ts';
import type { EntryPart, EntryPlan, PlannedType } from '../../entry-plan.ts';
import { valueOfText } from '../../values.ts';
import { anchorsOf, departure, isKnownByName } from '../departure.ts';
import { fullImportRequired } from '../full-import-required.ts';
import { keyOf, type Scopes } from '../scope.ts';
import { ancestorsOf, FormerNames } from './former-names.ts';
import { type LogRecord, MOST_RECORDS, tooMuch } from './log-record.ts';

/** A name of which a log says something. */
export interface ChangedName {
  readonly dn: string;
  /** An entry was made under this name. */
  added: boolean;
  /** An entry of this name may have got other object classes. */
  modified: boolean;
  /** An entry had this name and has it no longer, at one time at least: what is not there now was deleted. */
  left: boolean;
  /** It was in use when the import began that gave the watermark. */
  readonly known: boolean;
}

/**
 * Brings the records of a log together: which names have to be looked at, since what they are about is read live and not from the log, and
 * which objects are gone for certain. However many records there are of one entry, it is looked at once (behaviour L36).
 */
export class ChangedNames {
  readonly #context: Pick<LdapContext, 'random'>;
  readonly #scopes: Scopes;
  readonly #types: readonly PlannedType[];
  readonly #byKey = new Map<string, ChangedName>();
  readonly #targets = new Map<string, string>();
  readonly #gone = new Map<string, CSEntryChange>();
  /** Names outside of what is read that were given to what was within. */
  readonly #elsewhere = new Set<string>();
  /** Keys of everything above those. */
  readonly #aboveElsewhere = new Set<string>();
  readonly #former = new FormerNames();

  constructor(context: Pick<LdapContext, 'random'>, { types }: EntryPlan, scopes: Scopes) {
    this.#context = context;
    this.#scopes = scopes;
    this.#types = types;
  }

  get isEmpty(): boolean {
    return this.#byKey.size === 0 && this.#targets.size === 0 && this.#gone.size === 0;
  }

  /** Names to look at, in the order in which they came up. */
  get names(): ReadonlyMap<string, ChangedName> {
    return this.#byKey;
  }

  /** Names that entries were given, which may have others below them. */
  get targets(): readonly string[] {
    return [...this.#targets.values()];
  }

  /** Objects that are gone, of the types that are known by more than their name. */
  get gone(): readonly CSEntryChange[] {
    return [...this.#gone.values()];
  }

  /** Takes note of what was told of an object: that it is gone is not told besides. */
  tell(entry: CSEntryChange): void {
    if (this.#gone.size > 0) this.#gone.delete(keyOfObject(entry));
  }

  /** @throws CONNECTOR_WATERMARK_INVALID where the log does not say who it was, or where too much has changed */
  take(record: LogRecord): void {
    const names = [record.dn, ...this.#former.of(record.dn)];
    const concerns = names.some((dn) => this.#scopes.has(dn));
    if (concerns && record.changesAnchor) this.#anchorChanged(record);
    switch (record.type) {
      case 'add':
        this.#touch(record.dn, false).added = true;
        this.#isThere(record);
        break;
      case 'modify':
        this.#touch(record.dn, true).modified = true;
        break;
      case 'delete':
        for (const dn of names) this.#touch(dn, true).left = true;
        if (concerns) this.#isGone(record);
        break;
      case 'modrdn':
        this.#rename(record, names, concerns);
    }
  }

  /** Takes in an entry that was found below a renamed one. */
  found(dn: string): ChangedName {
    for (const former of this.#former.of(dn)) this.#touch(former, true).left = true;
    return this.#touch(dn, false);
  }

  #rename(record: LogRecord, names: readonly string[], concerns: boolean): void {
    const { dn, newDn = dn } = record;
    const before = this.#byKey.get(keyOf(dn));
    // A name that differs in letter case only is the same one, and nobody has left it.
    const isSame = keyOf(newDn) === keyOf(dn);
    if (!isSame) for (const each of names) this.#touch(each, true).left = true;
    const isRead = this.#scopes.has(newDn);
    if (!isSame && this.#aboveElsewhere.has(keyOf(dn))) this.#moveElsewhere(dn, newDn);
    if (!isSame && !isRead && concerns) this.#hasLeft(record, newDn);
    const target = this.#touch(newDn, isSame);
    if (isSame) return;
    if (!isRead) target.left = false;
    target.added ||= before?.added === true;
    target.modified ||= before?.modified === true;
    this.#former.rename(dn, newDn);
    if (isRead || concerns) this.#targets.set(keyOf(newDn), newDn);
    if (isRead) this.#isThere(record);
  }

  /** @param known whether the name was in use before this record, for one that comes up for the first time */
  #touch(dn: string, known: boolean): ChangedName {
    const key = keyOf(dn);
    const met = this.#byKey.get(key);
    if (met !== undefined) return met;
    const name = { dn, added: false, modified: false, left: false, known };
    // Elsewhere things may happen that are nobody's business.
    if (!this.#scopes.has(dn) && !this.#elsewhere.has(key)) return name;
    if (this.#byKey.size === MOST_RECORDS) throw tooMuch();
    this.#byKey.set(key, name);
    return name;
  }

  #departures(record: LogRecord): { readonly type: PlannedType; readonly entry: CSEntryChange | undefined }[] {
    const value = ({ from }: EntryPart): AttributeValue | undefined => carriedValue(from, record);
    return this.#types
      .filter((type) => !isKnownByName(type))
      .map((type) => ({ type, entry: departure(this.#context, type, value) }));
  }

  #isGone(record: LogRecord): void {
    for (const { type, entry } of this.#departures(record)) {
      if (entry === undefined) {
        if (record.carriesAll) continue;
        const anchors = anchorsOf(type).map(({ name }) => `"${name}"`);
        throw fullImportRequired(
          `"${record.dn}" was deleted, and the log does not say which object that was: it carries no ${anchors.join(', ')}.`,
        );
      }
      this.#gone.set(keyOfObject(entry), entry);
    }
  }

  /** It lies elsewhere now, where it is not read but has to be looked at: others may lie below it. */
  #hasLeft(record: LogRecord, newDn: string): void {
    this.#lieElsewhere(newDn);
    for (const { entry } of this.#departures(record)) {
      if (entry !== undefined) this.#gone.set(keyOfObject(entry), entry);
    }
  }

  #lieElsewhere(dn: string): void {
    this.#elsewhere.add(keyOf(dn));
    for (const { above } of ancestorsOf(dn)) this.#aboveElsewhere.add(keyOf(above));
  }

  /** What went away goes further with what it lies in. */
  #moveElsewhere(from: string, to: string): void {
    const fromKey = keyOf(from);
    for (const key of [...this.#elsewhere]) {
      const name = this.#byKey.get(key);
      const within = ancestorsOf(key).find(({ above }) => keyOf(above) === fromKey);
      if (name === undefined || name.left || within === undefined) continue;
      name.left = true;
      const dn = joinDn(within.name, to);
      if (this.#scopes.has(dn)) continue;
      this.#lieElsewhere(dn);
      this.#touch(dn, true).left = false;
    }
  }

  #isThere(record: LogRecord): void {
    for (const { entry } of this.#departures(record)) {
      if (entry !== undefined) this.#gone.delete(keyOfObject(entry));
    }
  }

  #anchorChanged(record: LogRecord): void {
    for (const { type, entry } of this.#departures(record)) {
      if (entry === undefined) {
        const anchors = anchorsOf(type).map(({ name }) => `"${name}"`);
        throw fullImportRequired(
          `"${record.dn}" got another ${anchors.join(', ')}, and the log does not say which it had before.`,
        );
      }
      this.#gone.set(keyOfObject(entry), entry);
    }
  }
}

function carriedValue(from: EntryPart['from'], { carried }: LogRecord): AttributeValue | undefined {
  if (typeof from !== 'object') return undefined;
  for (const key of from.keys) {
    const text = carried.get(key);
    if (text !== undefined) return valueOfText(from.form, text);
  }
  return undefined;
}

/** Type and anchors as one text. */
export function keyOfObject({ objectType, anchorAttributes }: CSEntryChange): string {
  return JSON.stringify([objectType, ...anchorAttributes.map(({ value }) => String(value))]);
}
