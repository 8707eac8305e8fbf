import { NetException } from '../../errors/net-exception.ts';
import { NetFailure } from '../../errors/raise.ts';
import { namedType } from '../../types/intrinsic.ts';
import type { ParameterAttribute } from '../attribute.ts';

/** Refuses words that are meant for another parameter at the same position, which the binder then tries. */
export function leaveWords(words: readonly string[]): ParameterAttribute {
  const folded = new Set(words.map((word) => word.toLowerCase()));
  return {
    typeName: 'System.Management.Automation.ValidateArgumentsAttribute',
    kind: 'validation',
    apply(value) {
      if (typeof value !== 'string' || !folded.has(value.toLowerCase())) return value;
      throw new NetFailure(
        new NetException(
          namedType('System.Management.Automation.ValidationMetadataException'),
          `The value '${value}' names a kind of member.`,
          { details: { SwallowException: true } },
        ),
      );
    },
  };
}
