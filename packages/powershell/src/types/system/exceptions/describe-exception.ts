import { NetException } from '../../../errors/net-exception.ts';
import { as } from '../../../values/narrow.ts';
import type { Value } from '../../../values/value.ts';
import type { Overload, Property, TypeDescription } from '../../net-type.ts';

/** The exception behind a value. */
export const exceptionOf = (value: Value): NetException => as(value, NetException);

/** The inner exception that an argument names; null is none. */
export function innerOf(value: Value): NetException | undefined {
  return value instanceof NetException ? value : undefined;
}

/** A message that an argument gives; null counts as none. */
export function messageOf(value: Value, type: string): string {
  return typeof value === 'string' ? value : `Exception of type '${type}' was thrown.`;
}

/** The three constructors that nearly every exception has. */
export function usualConstructors(name: string, message?: string): Overload[] {
  const initial = message ?? `Exception of type '${name}' was thrown.`;
  return [
    { signature: 'new()', invoke: (_self, _none, _context, type) => new NetException(type, initial) },
    {
      signature: 'new(string message)',
      invoke: (_self, [text], _context, type) => new NetException(type, messageOf(text, name)),
    },
    {
      signature: 'new(string message, System.Exception innerException)',
      invoke: (_self, [text, inner], _context, type) =>
        new NetException(type, messageOf(text, name), { inner: innerOf(inner) }),
    },
  ];
}

/** A property that an exception keeps in its details by its own name. */
export function detail(name: string, type: string): Property {
  return { type, get: (self) => exceptionOf(self).details.get(name) ?? null };
}

interface ExceptionOptions {
  readonly message?: string | undefined;
  readonly constructors?: readonly Overload[];
  readonly properties?: Readonly<Record<string, Property>>;
}

/** Describes an exception; the usual constructors where it names none. */
export function exceptionDescription(name: string, base: string, options: ExceptionOptions = {}): TypeDescription {
  const { message, constructors = usualConstructors(name, message), properties } = options;
  return { name, kind: 'class', base, constructors, ...(properties === undefined ? {} : { properties }) };
}
