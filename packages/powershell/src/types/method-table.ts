import type { Overload } from './net-type.ts';

/** What runs, by signature: `{ 'bool Contains(T item)': (list, [item]) => … }`. */
type BySignature = Readonly<Record<string, Overload['invoke']>>;

/** Overloads by name, in the order of their signatures; the name stands in each signature. */
export function methodTable(bySignature: BySignature): Readonly<Record<string, readonly Overload[]>> {
  const table: Record<string, Overload[]> = {};
  for (const [signature, invoke] of Object.entries(bySignature)) {
    const name = /(\w+)(?:\[[\w, ]+\])?\(/.exec(signature)?.[1];
    if (name === undefined) throw new TypeError(`signature without a name: ${signature}`);
    table[name] ??= [];
    table[name].push({ signature, invoke });
  }
  return table;
}

/** Constructors, or the overloads of one member. */
export function overloadList(bySignature: BySignature): readonly Overload[] {
  return Object.entries(bySignature).map(([signature, invoke]) => ({ signature, invoke }));
}
