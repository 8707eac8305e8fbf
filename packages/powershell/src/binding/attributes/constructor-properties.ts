import { namedType } from '../../types/intrinsic.ts';
import { objectArray } from '../../values/array.ts';
import { AttributeObject } from '../../values/attribute-object.ts';
import type { Value } from '../../values/value.ts';
import type { AttributeArguments } from './attribute-arguments.ts';

/** What the constructors of validations take, in order, by the name of the attribute. */
export const constructorProperties: ReadonlyMap<string, readonly string[]> = new Map([
  ['ValidateSet', ['ValidValues']],
  ['ValidatePattern', ['RegexPattern']],
  ['ValidateScript', ['ScriptBlock']],
  ['ValidateLength', ['MinLength', 'MaxLength']],
  ['ValidateCount', ['MinLength', 'MaxLength']],
  ['ValidateRange', ['MinRange', 'MaxRange']],
  ['ValidateNotNull', []],
  ['ValidateNotNullOrEmpty', []],
]);

/** An attribute that is written before a variable, as an object; `undefined` for one that has none here. */
export function attributeObject({ name, positional }: AttributeArguments): AttributeObject | undefined {
  for (const [known, properties] of constructorProperties) {
    if (known.toLowerCase() !== name) continue;
    const values: readonly Value[] =
      known === 'ValidateSet' ? [objectArray(positional.filter((one) => typeof one === 'string'))] : positional;
    return new AttributeObject(
      namedType(`System.Management.Automation.${known}Attribute`),
      new Map(properties.flatMap((property, at) => (at < values.length ? [[property, values[at]] as const] : []))),
    );
  }
  return undefined;
}
