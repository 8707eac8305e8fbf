import { as } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import type { Property } from '../net-type.ts';
import { readNamed } from './xml-adapter.ts';
import { XmlNode } from './xml-node.ts';

const self = (value: Value): XmlNode => as(value, XmlNode);

/** A property of .NET; a child or attribute of that name comes before it, as PowerShell has it. */
export function behindChildren(properties: Readonly<Record<string, Property>>): Record<string, Property> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [
      name,
      {
        ...property,
        get: (
          value: Value,
          ...rest: Parameters<NonNullable<Property['get']>> extends [Value, ...infer R] ? R : never
        ) => readNamed(self(value), name) ?? property.get?.(value, ...rest) ?? null,
      },
    ]),
  );
}
