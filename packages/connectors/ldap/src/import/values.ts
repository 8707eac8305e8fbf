import { type AttributeChange, type AttributeValue, canonicalDn, type ValueChange } from '@joinery/connector';
import type { ValueForm } from './entry-plan.ts';
import { guidText } from './guid.ts';
import { sidText } from './sid.ts';

/** Digits of which every number fits into 64 bits. */
const SAFE_DIGITS = 18;

/**
 * A value that came as text, in the form of its attribute. What is no number or no Boolean stays text: the host says of it what is wrong
 * with it, as it does for every connector; so it does with integers beyond 64 bits (LDAP sheet 3.5).
 */
export function valueOfText(form: ValueForm, text: string): AttributeValue {
  switch (form) {
    case 'reference':
      return canonicalDn(text) ?? text;
    case 'integer':
      return text.length <= SAFE_DIGITS && /^-?\d+$/.test(text) ? BigInt(text) : text;
    case 'boolean':
      return booleanOf(text);
    default:
      return text;
  }
}

/** A value that came as octets, in the form of its attribute. */
export function valueOfOctets(form: ValueForm, octets: Uint8Array): AttributeValue {
  if (form === 'sid') return sidText(Buffer.from(octets));
  return form === 'microsoft' || form === 'plain' ? guidText(Buffer.from(octets), form) : octets;
}

/** RFC 4517 3.3.3: `TRUE` and `FALSE`; 389 also stores other letter cases. */
function booleanOf(text: string): AttributeValue {
  if (text === 'TRUE') return true;
  if (text === 'FALSE') return false;
  const folded = text.toUpperCase();
  return folded === 'TRUE' ? true : folded === 'FALSE' ? false : text;
}

/** A value as an import reports it. */
export function added(value: AttributeValue): ValueChange {
  return { value, modificationType: 'Add' };
}

/** All values of an attribute as an import reports them. */
export function changeOf(name: string, valueChanges: readonly ValueChange[]): AttributeChange {
  return { name, modificationType: 'Add', valueChanges };
}
