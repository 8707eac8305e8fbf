import { baseOf } from '../../../conversion/base.ts';
import { ErrorRecord } from '../../../errors/error-record.ts';
import type { NetFailure } from '../../../errors/raise.ts';
import { Thrown } from '../../../errors/thrown.ts';
import { languageEquals } from '../../../operators/equality.ts';
import type { Session } from '../../../runtime/session.ts';
import { findMember, missing } from '../../../types/members.ts';
import { Dictionary } from '../../../values/dictionary.ts';
import type { Value } from '../../../values/value.ts';
import { builtInViews } from './built-in-views.ts';
import { cellText, isScalar, itemsFor, shownText } from './cell-text.ts';
import { displaySetOf } from './display-properties.ts';
import {
  CellReader,
  type FormatRequest,
  type Generator,
  headingOf,
  propertiesGenerator,
  viewGenerator,
} from './generator.ts';
import { browserGenerator } from './object-browser.ts';
import {
  type CustomPart,
  FormatEnd,
  FormatEntry,
  FormatStart,
  GroupEnd,
  GroupStart,
  FormatPacket as Packet,
} from './packets.ts';
import { hasProperties, shownProperties } from './shown-properties.ts';
import { isFor, nearest, type View, viewFor } from './view.ts';

/** Up to so many properties make a table, more a list. */
const tableProperties = 4;

interface GroupKey {
  readonly key: Value;
  /** What stands before the key. */
  readonly label: string;
  /** The label does not come from the property. */
  readonly isLabelled: boolean;
}

const none: unique symbol = Symbol('no key');

/**
 * Makes packets of objects, as `Format-Default`, `Format-Table` and their kind do: the first object that is more than text
 * decides about the shape; what does not fit into it is shown by itself.
 */
export class ObjectStream {
  readonly #session: Session;
  readonly #request: FormatRequest;
  readonly #write: (packet: Packet) => void;
  readonly #onUnknownView: (name: string, value: Value) => never;
  readonly #cells: CellReader;
  #generator: Generator | undefined;
  #view: View | undefined;
  #isInGroup = false;
  #key: Value | typeof none = none;
  #label = '   : ';

  constructor(
    session: Session,
    write: (packet: Packet) => void,
    request: FormatRequest = {},
    onUnknownView: (name: string, value: Value) => never = unknownView,
  ) {
    this.#session = session;
    this.#request = request;
    this.#write = write;
    this.#onUnknownView = onUnknownView;
    this.#cells = new CellReader(session, request);
  }

  write(value: Value): void {
    const base = baseOf(value);
    if (base === null || base === undefined) return;
    const items = base instanceof Packet ? undefined : itemsFor(base, this.#session);
    if (items === undefined || this.#request.expand === 'CoreOnly') {
      this.#one(value);
      return;
    }
    if (this.#request.expand === 'Both') {
      this.#both(value, [...items]);
      return;
    }
    for (const item of items) this.#item(item);
  }

  end(): void {
    if (this.#isInGroup) this.#write(new GroupEnd());
    if (this.#generator !== undefined) this.#write(new FormatEnd());
    this.#generator = undefined;
    this.#isInGroup = false;
    this.#key = none;
  }

  /** An item that is null is an empty line. */
  #item(item: Value): void {
    const base = baseOf(item);
    if (base === null || base === undefined) this.#raw('');
    else this.#one(item);
  }

  #both(value: Value, items: readonly Value[]): void {
    this.#raw('The following object supports IEnumerable:');
    this.#outOfBand(value, true);
    const { length } = items;
    const these = length === 1 ? 'the following object:' : `the following ${length} objects:`;
    this.#raw(length === 0 ? 'The IEnumerable contains no objects.' : `The IEnumerable contains ${these}`);
    for (const item of items) this.#item(item);
  }

  #raw(text: string): void {
    this.#write(new FormatEntry({ kind: 'raw', text }, true));
  }

  #one(value: Value): void {
    this.#session.budget.step();
    if (value instanceof Packet) {
      this.#write(value);
      return;
    }
    const isForced = this.#request.shape !== undefined && this.#request.force === true;
    if (!isForced && this.#outOfBand(value, false)) return;
    if (this.#generator === undefined) {
      this.#generator = this.#start(value);
      this.#write(new FormatStart(this.#generator.shape, this.#generator.autoSize));
    }
    if (!isForced && this.#view !== undefined && !isFor(this.#view, value)) {
      this.#outOfBand(value, true);
      return;
    }
    this.#group(value);
    this.#write(new FormatEntry(this.#generator.entry(value)));
    for (const failure of this.#cells.failures.splice(0)) this.#showFailure(failure);
  }

  #showFailure(failure: Thrown | NetFailure): void {
    const exception = failure instanceof Thrown ? failure.record.exception : failure.exception;
    this.#outOfBand(new ErrorRecord(exception, 'PSPropertyExpressionError', 'InvalidArgument'), true);
  }

  /** Shows what stands by itself: text, numbers, errors; with `always` anything, as a list. False where it does not. */
  #outOfBand(value: Value, always: boolean): boolean {
    const view = nearest(outOfBandViews, value);
    if (view !== undefined) {
      this.#write(new FormatEntry(viewGenerator(view, {}, this.#cells).entry(value), true));
      return true;
    }
    if (isScalar(value) || baseOf(value) instanceof Dictionary || !hasProperties(value, this.#session)) {
      this.#raw(shownText(value, this.#session));
      return true;
    }
    if (!always) return false;
    const list = propertiesGenerator(value, { shape: 'list' }, this.#cells);
    this.#write(new FormatEntry(list.entry(value), true));
    return true;
  }

  #start(value: Value): Generator {
    const { shape, properties, view: name } = this.#request;
    const isChosen = properties !== undefined && properties.length > 0;
    const view = isChosen ? undefined : viewFor(builtInViews, value, shape, name);
    if (name !== undefined && view === undefined) return this.#onUnknownView(name, value);
    this.#view = view;
    if (view !== undefined) return viewGenerator(view, this.#request, this.#cells);
    if (shape === 'custom') return browserGenerator(this.#request, this.#cells);
    if (shape !== undefined) return propertiesGenerator(value, this.#request, this.#cells);
    const count = (displaySetOf(value, this.#session) ?? shownProperties(value, this.#session)).length;
    const chosen = count <= tableProperties ? 'table' : 'list';
    return propertiesGenerator(value, { ...this.#request, shape: chosen }, this.#cells);
  }

  /** Begins a group where there is none, and another one where the key of the object differs from the last. */
  #group(value: Value): void {
    const found = this.#keyOf(value);
    let begins = !this.#isInGroup;
    if (found !== undefined) {
      const differs = !this.#isSameKey(this.#key === none ? null : this.#key, found.key);
      this.#key = found.key;
      // A first key that is null does not name the property above the group.
      if (differs || found.isLabelled) this.#label = found.label;
      if (this.#isInGroup && differs) {
        this.#write(new FormatEntry({ kind: 'custom', parts: [] }, true));
        this.#write(new GroupEnd());
        begins = true;
      }
    }
    if (!begins) return;
    this.#isInGroup = true;
    this.#write(new GroupStart(this.#key === none ? undefined : this.#heading(this.#key)));
  }

  /** The key of an object and what stands before it; `undefined` where the object has none. */
  #keyOf(value: Value): GroupKey | undefined {
    const { groupBy } = this.#request;
    if (groupBy !== undefined) {
      const [resolved] = groupBy.resolve(value);
      const read = resolved?.read(value);
      if (resolved === undefined || read === undefined || read.failure !== undefined) return undefined;
      return {
        key: read.value,
        label: `   ${groupBy.label ?? resolved.name}: `,
        isLabelled: groupBy.label !== undefined,
      };
    }
    const group = this.#view?.groupBy;
    if (group === undefined) return undefined;
    if (
      typeof group.key === 'string' &&
      findMember(value, group.key, group.key.toLowerCase(), this.#session) === missing
    ) {
      return undefined;
    }
    return { key: this.#cells.of(value, group.key).value, label: group.heading, isLabelled: true };
  }

  #isSameKey(last: Value, key: Value): boolean {
    const base = [baseOf(last), baseOf(key)];
    if (base.includes(null)) return base[0] === base[1];
    return languageEquals(last, key, true, this.#session);
  }

  #heading(key: Value): CustomPart[] {
    const text = cellText(key, this.#session);
    return headingOf(this.#label, this.#view?.groupBy?.text?.(text) ?? text);
  }
}

const outOfBandViews = builtInViews.filter(({ isOutOfBand }) => isOutOfBand === true);

function unknownView(name: string): never {
  throw new Error(`there is no view ${name}`);
}
