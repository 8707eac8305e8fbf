import { baseOf } from '../../conversion/base.ts';
import { enumerable } from '../../conversion/enumerate.ts';
import { Dictionary } from '../../values/dictionary.ts';
import type { ParameterAttribute } from '../attribute.ts';
import { invalid } from './invalid.ts';

/** `[ValidateCount(1, 2)]` */
export function validateCount(least: number, most: number): ParameterAttribute {
  return {
    typeName: 'System.Management.Automation.ValidateCountAttribute',
    kind: 'validation',
    apply: (value, context) => {
      const base = baseOf(value);
      const items = enumerable(value, context);
      const count =
        base === null
          ? 0
          : base instanceof Dictionary
            ? base.size
            : items === undefined
              ? undefined
              : [...items].length;
      if (count === undefined) {
        throw invalid(
          'NotAnArrayParameter',
          'The ValidateCount attribute cannot be applied to a non-array parameter. Either remove the attribute from the parameter or make the parameter an array parameter.',
        );
      }
      if (count >= least && count <= most) return value;
      throw invalid(
        'ValidateCountFailure',
        least === most
          ? `The parameter requires exactly ${most} value(s) - ${count} value(s) were provided.`
          : `The parameter requires at least ${least} value(s) and no more than ${most} value(s) - ${count} value(s) were provided.`,
      );
    },
  };
}
