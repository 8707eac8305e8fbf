import { netFailure } from '../../errors/raise.ts';
import { EnumValue } from '../../values/enum.ts';
import { Instance } from '../../values/instance.ts';
import { as } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { enumOf } from '../enumeration.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType } from '../net-type.ts';
import { attempt } from '../time/date-text.ts';
import {
  absoluteText,
  authorityOf,
  canonicalPart,
  decodeUtf8,
  displayText,
  readAbsolute,
  type UriParts,
  uriError,
  withoutDots,
} from './uri-parts.ts';

/** `System.Uri`, absolute or relative. */
export class Uri extends Instance {
  readonly original: string;
  /** `undefined` for a relative one. */
  readonly parts: UriParts | undefined;

  constructor(original: string, parts: UriParts | undefined) {
    super();
    this.original = original;
    this.parts = parts;
  }
  get type(): NetType {
    return namedType('System.Uri');
  }
  /** What `ToString()` shows. */
  get display(): string {
    return this.parts === undefined ? this.original : displayText(absoluteText(this.parts));
  }
}

export const uriOf = (value: Value): Uri => as(value, Uri);

type UriKind = 'absolute' | 'relative' | 'either';

export function kindOf(value: Value): UriKind {
  const number = value instanceof EnumValue ? Number(value.value) : 1;
  return number === 0 ? 'either' : number === 1 ? 'absolute' : 'relative';
}

/** Throws `NetFailure` (UriFormatException, ArgumentNullException). */
export function readUri(input: string, kind: UriKind): Uri {
  // Where relative ones are taken too, a path of Unix is one.
  const parts =
    kind === 'relative' || (kind === 'either' && /^\s*\/(?!\/)/.test(input)) ? undefined : readAbsolute(input);
  if (parts !== undefined) return new Uri(input, parts);
  if (
    kind === 'relative' &&
    attempt(() => readAbsolute(input)) !== undefined &&
    /^[A-Za-z][\w+.-]*:/.test(input.trim())
  ) {
    throw uriError("A relative URI cannot be created because the 'uriString' parameter represents an absolute URI.");
  }
  if (kind !== 'absolute') return new Uri(input, undefined);
  throw uriError(
    input.trim() === ''
      ? 'Invalid URI: The URI is empty.'
      : 'Invalid URI: The format of the URI could not be determined.',
  );
}

export function absolute(value: Value): UriParts {
  const { parts } = uriOf(value);
  if (parts !== undefined) return parts;
  throw netFailure('System.InvalidOperationException', 'This operation is not supported for a relative URI.');
}

/** Resolves a relative reference against a base. */
export function resolveUri(base: Uri, reference: string): Uri {
  const parts = attempt(() => readAbsolute(reference));
  if (parts !== undefined && /^[A-Za-z][\w+.-]*:/.test(reference.trim())) return new Uri(reference, parts);
  const from = absolute(base);
  const [, path = '', query = '', fragment = ''] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(reference.trim()) ?? [];
  if (path.startsWith('//')) return readUri(`${from.scheme}:${reference}`, 'absolute');
  const merged: UriParts = {
    ...from,
    path:
      path === '' ? from.path : withoutDots(canonicalPart(path.startsWith('/') ? path : folderOf(from.path) + path)),
    query: path === '' && query === '' ? from.query : canonicalPart(query),
    fragment: canonicalPart(fragment),
  };
  return new Uri(absoluteText(merged), merged);
}

export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

export function relativeTo(base: Uri, target: Uri): Uri {
  const from = absolute(base);
  const to = absolute(target);
  if (from.scheme !== to.scheme || authorityOf(from) !== authorityOf(to)) return target;
  const steps = folderOf(from.path).split('/').slice(0, -1);
  const goal = to.path.split('/');
  let shared = 0;
  while (shared < steps.length && shared < goal.length - 1 && steps[shared] === goal[shared]) shared++;
  const path = '../'.repeat(steps.length - shared) + goal.slice(shared).join('/');
  return new Uri(path + to.query + to.fragment, undefined);
}

export function segments(path: string): string[] {
  return path.match(/[^/]*\/|[^/]+$/g) ?? [];
}

export function sameUri(left: Value, right: Value): boolean {
  if (!(left instanceof Uri) || !(right instanceof Uri)) return false;
  if (left.parts === undefined || right.parts === undefined) return left.original === right.original;
  return keyOf(left) === keyOf(right);
}

/** Fragments do not count. */
export function keyOf(uri: Uri): string {
  return uri.parts === undefined ? uri.original : absoluteText({ ...uri.parts, fragment: '', userInfo: '' });
}

export function leftPart(parts: UriParts, until: number): string {
  const bare = { ...parts, fragment: '' };
  switch (until) {
    case 0:
      return `${parts.scheme}:${parts.hasAuthority ? '//' : ''}`;
    case 1:
      return parts.hasAuthority ? absoluteText({ ...bare, path: '', query: '' }) : '';
    case 2:
      return absoluteText({ ...bare, query: '' });
    default:
      return absoluteText(bare);
  }
}

export function unescaped(input: string): string {
  return input.replace(/(?:%[0-9A-Fa-f]{2})+/g, decodeUtf8);
}

export function hostType(host: string): EnumValue {
  const name = 'System.UriHostNameType';
  if (/^(?:\d{1,3}\.){3}\d{1,3}$/.test(host) && host.split('.').every((part) => Number(part) < 256))
    return enumOf(name, 3);
  if (/^\[?[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*\]?$/.test(host)) return enumOf(name, 4);
  if (
    /^[\p{L}\p{N}_](?:[\p{L}\p{N}_-]*[\p{L}\p{N}_])?(?:\.[\p{L}\p{N}_](?:[\p{L}\p{N}_-]*[\p{L}\p{N}_])?)*\.?$/u.test(
      host,
    )
  ) {
    return enumOf(name, 2);
  }
  return enumOf(name, host === '' ? 0 : 1);
}
