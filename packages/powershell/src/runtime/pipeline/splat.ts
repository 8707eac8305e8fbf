import type { CallArgument } from '../../binding/parameter.ts';
import { baseOf } from '../../conversion/base.ts';
import { enumerable } from '../../conversion/enumerate.ts';
import type { Extent } from '../../syntax/tree/index.ts';
import { Dictionary } from '../../values/dictionary.ts';
import type { Value } from '../../values/value.ts';
import type { Session } from '../session.ts';
import { ParameterText } from './parameter-text.ts';

/**
 * `@variable`: the entries of a dictionary as named arguments, the items of a list as positional ones (names among `$args`
 * as names again), the characters of text, anything else, null too, as it is.
 */
export function splat(value: Value, { start, end }: Extent, session: Session, args: CallArgument[]): void {
  const base = baseOf(value);
  if (base === null || base === undefined) {
    args.push(positional(null, start, end));
    return;
  }
  if (base instanceof Dictionary) {
    for (const item of base.entries()) args.push(named(session.text(item.key), item.value, start, end));
    return;
  }
  if (typeof base === 'string') {
    for (const character of base.split('')) args.push(positional(character, start, end));
    return;
  }
  const items = enumerable(value, session);
  if (items === undefined) {
    args.push(positional(value, start, end));
    return;
  }
  const given = [...items];
  for (let index = 0; index < given.length; index++) {
    const item = given[index];
    if (!(item instanceof ParameterText)) {
      args.push(positional(item, start, end));
      continue;
    }
    const text = session.text(item);
    if (text.endsWith(':') && index + 1 < given.length) {
      args.push({ ...named(item.parameterName, given[++index], start, end), splatted: false });
    } else {
      args.push({ ...named(item.parameterName, undefined, start, end), text, hasValue: false, splatted: false });
    }
  }
}

function positional(value: Value, start: number, end: number): CallArgument {
  return { kind: 'positional', value, source: undefined, start, end, splatted: true };
}

function named(name: string, value: Value, start: number, end: number): Extract<CallArgument, { kind: 'named' }> {
  return {
    kind: 'named',
    name,
    text: `-${name}:`,
    hasValue: true,
    value,
    source: undefined,
    start,
    end,
    valueStart: start,
    valueEnd: end,
    splatted: true,
  };
}
