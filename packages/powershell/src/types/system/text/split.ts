import { EnumValue } from '../../../values/enum.ts';
import type { Value } from '../../../values/value.ts';
import { enumeration } from '../../enumeration.ts';
import { isWhiteSpace, trimSpace } from '../char-class.ts';
import { negative } from './range-errors.ts';

export const stringSplitOptions = enumeration(
  'System.StringSplitOptions',
  { None: 0, RemoveEmptyEntries: 1, TrimEntries: 2 },
  { flags: true },
);

const everything = 0x7fff_ffff;

/**
 * `String.Split`.
 * @param separators texts to split at, the first that fits at a place; none is white space
 * @param limit most parts; the last one keeps its separators
 */
export function splitText(
  source: string,
  separators: readonly string[],
  limit = everything,
  options: Value = null,
): string[] {
  const only = separators.length === 1 ? separators[0] : '';
  if (only !== undefined && only !== '' && limit === everything && isNone(options)) {
    return source.includes(only) ? source.split(only) : [source];
  }
  const flags = options instanceof EnumValue ? Number(options.value) : 0;
  const removesEmpty = (flags & 1) !== 0;
  const trims = (flags & 2) !== 0;
  if (limit < 0) throw negative(limit, 'count');
  if (limit === 0) return [];
  const whole = trims ? trimSpace(source) : source;
  if (removesEmpty && whole === '') return [];
  if (limit === 1) return [whole];
  const wanted = separators.filter((separator) => separator !== '');
  const cuts = findCuts(source, wanted, separators.length === 0);
  const parts: string[] = [];
  let from = 0;
  for (const { at, length } of cuts) {
    if (parts.length === limit - 1 && !(removesEmpty && isDropped(source.slice(from, at), trims))) break;
    const part = source.slice(from, at);
    from = at + length;
    if (removesEmpty && isDropped(part, trims)) continue;
    parts.push(trims ? trimSpace(part) : part);
  }
  const rest = source.slice(from);
  if (!(removesEmpty && isDropped(rest, trims))) parts.push(trims ? trimSpace(rest) : rest);
  return parts;
}

function isNone(options: Value): boolean {
  return !(options instanceof EnumValue) || options.value === 0;
}

function isDropped(part: string, trims: boolean): boolean {
  return (trims ? trimSpace(part) : part) === '';
}

interface Cut {
  readonly at: number;
  readonly length: number;
}

function* findCuts(source: string, separators: readonly string[], atSpace: boolean): Generator<Cut> {
  const [only] = separators;
  if (!atSpace && separators.length === 1 && only !== undefined) {
    for (let at = source.indexOf(only); at >= 0; at = source.indexOf(only, at + only.length)) {
      yield { at, length: only.length };
    }
    return;
  }
  for (let at = 0; at < source.length; ) {
    const found = atSpace
      ? isWhiteSpace(source[at] ?? '') && ' '
      : separators.find((separator) => source.startsWith(separator, at));
    if (found === undefined || found === false) at++;
    else {
      yield { at, length: found.length };
      at += found.length;
    }
  }
}
