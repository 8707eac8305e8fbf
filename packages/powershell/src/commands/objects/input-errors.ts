import type { ErrorRecord } from '../../errors/error-record.ts';
import type { Value } from '../../values/value.ts';
import { argumentError } from '../cmdlet-error.ts';
import type { MemberListing } from './member-list.ts';

/** What `ForEach-Object Name` and `Where-Object Name` say of names that do not fit, or of no object. */
export const inputErrors = {
  nullInput: (target: Value): ErrorRecord =>
    argumentError('InputObjectIsNull', "Cannot operate on a 'null' input object.", 'InputObject', { target }),
  nullMethod: (target: Value): ErrorRecord =>
    argumentError('InvokeMethodOnNull', 'You cannot call a method on a null-valued expression.', 'InputObject', {
      target,
    }),
  ambiguous: (
    id: string,
    parameter: string,
    what: 'methods' | 'members',
    name: string,
    matches: readonly MemberListing[],
    target: Value,
  ): ErrorRecord => {
    const names = matches.map((member) => ` ${member.name}`).join('');
    return argumentError(
      id,
      `Input name "${name}" is ambiguous. It can be resolved to multiple matched ${what}. Possible matches include:${names}.`,
      parameter,
      { target },
    );
  },
  noMethod: (name: string, target: Value): ErrorRecord =>
    argumentError('MethodNotFound', `Input name "${name}" cannot be resolved to a method.`, 'Name', { target }),
  noMember: (name: string, target: Value): ErrorRecord =>
    argumentError('PropertyOrMethodNotFound', `The input name "${name}" cannot be resolved to a member.`, 'Name', {
      target,
    }),
  noProperty: (name: string, target: Value): ErrorRecord =>
    argumentError('PropertyNotFound', `The input name "${name}" cannot be resolved to a property.`, 'Property', {
      target,
    }),
} as const;
