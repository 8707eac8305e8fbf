import type { Filter, OctetString } from '../filter.ts';

const comparisons = { equality: '=', greaterOrEqual: '>=', lessOrEqual: '<=', approximate: '~=' } as const;

/** A filter as text (RFC 4515); `parseFilter` reads it as the same filter. */
export function formatFilter(filter: Filter): string {
  switch (filter.kind) {
    case 'and':
      return `(&${filter.filters.map(formatFilter).join('')})`;
    case 'or':
      return `(|${filter.filters.map(formatFilter).join('')})`;
    case 'not':
      return `(!${formatFilter(filter.filter)})`;
    case 'equality':
    case 'greaterOrEqual':
    case 'lessOrEqual':
    case 'approximate':
      return `(${filter.attribute}${comparisons[filter.kind]}${escapeFilterValue(filter.value)})`;
    case 'substrings': {
      const parts = [filter.initial ?? '', ...filter.any, filter.final ?? ''];
      return `(${filter.attribute}=${parts.map(escapeFilterValue).join('*')})`;
    }
    case 'present':
      return `(${filter.attribute}=*)`;
    case 'extensible': {
      const rule = filter.rule === undefined ? '' : `:${filter.rule}`;
      return `(${filter.attribute ?? ''}${filter.dnAttributes ? ':dn' : ''}${rule}:=${escapeFilterValue(filter.value)})`;
    }
  }
}

/** A value within a filter's text (LDAP sheet 5.4): special and control characters, and all octets, as `\xx`. */
export function escapeFilterValue(value: OctetString): string {
  if (typeof value !== 'string') return Array.from(value, hexPair).join('');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return value.replace(/[*()\\\0-\x1f\x7f]/g, (character) => hexPair(character.charCodeAt(0)));
}

function hexPair(octet: number): string {
  return `\\${octet.toString(16).padStart(2, '0')}`;
}
