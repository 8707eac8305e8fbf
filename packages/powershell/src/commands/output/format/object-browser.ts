import { baseOf } from '../../../conversion/base.ts';
import { getMember } from '../../../types/members.ts';
import { typeNames } from '../../../types/type-names.ts';
import type { Value } from '../../../values/value.ts';
import { cellText, enumerationLimit, isScalar, itemsFor } from './cell-text.ts';
import { displaySetOf } from './display-properties.ts';
import { attempt, type CellReader, type FormatRequest, type Generator, type Read } from './generator.ts';
import type { CustomPart } from './packets.ts';
import { shownProperties } from './shown-properties.ts';

const defaultDepth = 5;
/** The writer of PowerShell goes no deeper, whatever depth is asked for. */
const deepest = 50;

const lineEnd: CustomPart = { kind: 'line' };
const textPart = (text: string): CustomPart => ({ kind: 'text', text });
const frame = (parts: readonly CustomPart[]): CustomPart => ({ kind: 'frame', left: 2, parts });

interface Level {
  readonly at: number;
  readonly depth: number;
}

const deeper = ({ at, depth }: Level): Level => ({ at: at + 1, depth });

/** Objects with the objects inside them, as `Format-Custom` shows what has no view. */
export function browserGenerator(request: FormatRequest, reader: CellReader): Generator {
  const { session } = reader;

  const leaf = (value: Value): CustomPart[] => [textPart(cellText(value, session)), lineEnd];

  const isLeaf = (value: Value, { at, depth }: Level): boolean => {
    const base = baseOf(value);
    return at >= Math.min(depth, deepest) || base === null || isScalar(base);
  };

  const object = (value: Value, level: Level, isOutermost: boolean): CustomPart[] => {
    session.budget.step();
    const name = (typeNames(value)[0] ?? 'PSObject').split('.').at(-1) ?? '';
    const inner = propertiesOf(value, isOutermost).flatMap(({ label, read, depth }) =>
      property(label, read, depth === undefined ? level : { at: level.at, depth }),
    );
    return [textPart(`class ${name}`), lineEnd, textPart('{'), lineEnd, frame(inner), textPart('}'), lineEnd];
  };

  const propertiesOf = (value: Value, isOutermost: boolean) => {
    const { properties = [] } = request;
    if (isOutermost && properties.length > 0) {
      return properties.flatMap((one) =>
        one.resolve(value).map((found) => ({ label: found.name, read: found.read(value), depth: one.depth })),
      );
    }
    return (displaySetOf(value, session) ?? shownProperties(value, session)).map((name) => ({
      label: name,
      read: attempt(() => getMember(value, name, session)),
      depth: undefined,
    }));
  };

  const property = (label: string, read: Read | undefined, level: Level): CustomPart[] => {
    const value = read?.failure === undefined ? (read?.value ?? null) : reader.text(read);
    const lead = textPart(`${label} = `);
    const items = itemsFor(value, session);
    if (items !== undefined) return [lead, lineEnd, frame(enumeration(items, deeper(level)))];
    if (isLeaf(value, level)) return [lead, ...leaf(value)];
    return [lead, lineEnd, frame(object(value, deeper(level), false))];
  };

  const enumeration = (items: Iterable<Value>, level: Level): CustomPart[] => {
    const parts: CustomPart[] = [];
    const limit = enumerationLimit(session);
    let count = 0;
    for (const item of items) {
      session.budget.step();
      if (limit >= 0 && count++ === limit) {
        parts.push(...leaf('\u2026'));
        break;
      }
      parts.push(...itemParts(item, level));
    }
    return [textPart('['), lineEnd, frame(parts), textPart(']'), lineEnd, lineEnd];
  };

  const itemParts = (item: Value, level: Level): CustomPart[] => {
    if (isLeaf(item, level)) return leaf(item);
    const items = itemsFor(item, session);
    return items === undefined
      ? object(item, deeper(level), false)
      : [lineEnd, frame(enumeration(items, deeper(level)))];
  };

  return {
    shape: { kind: 'custom' },
    autoSize: false,
    entry(value) {
      const level: Level = { at: 0, depth: request.depth ?? defaultDepth };
      if (isScalar(value)) return { kind: 'custom', parts: leaf(value) };
      const items = itemsFor(value, session);
      return { kind: 'custom', parts: items === undefined ? object(value, level, true) : enumeration(items, level) };
    },
  };
}
