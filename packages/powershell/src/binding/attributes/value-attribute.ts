import { RegexOption } from '@joinery/regex';
import { baseOf } from '../../conversion/base.ts';
import { convertTo } from '../../conversion/convert.ts';
import { enumerable } from '../../conversion/enumerate.ts';
import type { Session } from '../../runtime/session.ts';
import { isAssignable } from '../../types/assignable.ts';
import { namedType, netTypes } from '../../types/intrinsic.ts';
import { invokeMember, setMember } from '../../types/members.ts';
import { invokeStatic } from '../../types/static-members.ts';
import { ScriptRegex } from '../../types/text/script-regex.ts';
import { EnumValue, enumLabel } from '../../values/enum.ts';
import { Instance } from '../../values/instance.ts';
import { ScriptBlock } from '../../values/script-block.ts';
import type { Value } from '../../values/value.ts';
import type { ParameterAttribute } from '../attribute.ts';
import type { AttributeArguments } from './attribute-arguments.ts';
import { credential } from './credential.ts';
import { invalid } from './invalid.ts';
import { validateCount } from './validate-count.ts';
import { validateLength } from './validate-length.ts';
import { validateNotNull, validateNotNullOrEmpty, validateNotNullOrWhiteSpace } from './validate-not-null.ts';
import { validatePattern } from './validate-pattern.ts';
import { validateRange, validateRangeKind } from './validate-range.ts';
import { validateScript } from './validate-script.ts';
import { validateSet } from './validate-set.ts';

/** The attribute as something that acts on values; `undefined` for one that does not (`[Parameter()]`, `[Alias()]` …). */
export function valueAttribute(given: AttributeArguments, session: Session): ParameterAttribute | undefined {
  const { name, positional, named } = given;
  const [first, second] = positional;
  const errorMessage = textOf(named.get('errormessage'), session);
  switch (name) {
    case 'validateset':
      return validateSet(
        positional.flatMap((one) => [...validValues(one, session)]),
        { ignoreCase: named.get('ignorecase') !== false, errorMessage },
      );
    case 'validatepattern': {
      const pattern = textOf(first, session);
      const ignoreCase = optionsText(named.get('options'), session).toLowerCase().includes('ignorecase');
      const regex = ScriptRegex.of(pattern, ignoreCase ? RegexOption.ignoreCase : RegexOption.none);
      return validatePattern(pattern, { matches: (text) => regex.isMatch(text), errorMessage });
    }
    case 'validatelength':
      return validateLength(whole(first, session), whole(second, session));
    case 'validatecount':
      return validateCount(whole(first, session), whole(second, session));
    case 'validaterange':
      return rangeOf(first, positional.length > 1 ? second : undefined, session);
    case 'validatescript':
      return first instanceof ScriptBlock ? validateScript(first, errorMessage) : undefined;
    case 'validatenotnull':
      return validateNotNull;
    case 'validatenotnullorempty':
      return validateNotNullOrEmpty;
    case 'validatenotnullorwhitespace':
      return validateNotNullOrWhiteSpace;
    case 'credential':
      return credential;
    default:
      return known.has(name) ? undefined : scriptAttribute(given, session);
  }
}

const known = new Set([
  'parameter',
  'alias',
  'cmdletbinding',
  'outputtype',
  'allownull',
  'allowemptystring',
  'allowemptycollection',
  'pstypename',
  'psdefaultvalue',
  'supportswildcards',
  'argumentcompleter',
  'argumentcompletions',
  'dynamicparam',
  'experimental',
  'hidden',
  'obsolete',
  'validatetrusteddata',
  'validatedrive',
  'validateuserdrive',
]);

function rangeOf(first: Value, second: Value, session: Session): ParameterAttribute | undefined {
  if (second !== undefined) return validateRange(first, second);
  const name = first instanceof EnumValue ? enumLabel(first) : textOf(first, session);
  return validateRangeKind(name);
}

/** What a `[ValidateSet]` names: the texts themselves, or those that a class with `GetValidValues` gives. */
function validValues(value: Value, session: Session): readonly string[] {
  const base = baseOf(value);
  if (base instanceof Instance && base.type === netTypes.runtimeType) {
    const generator = session.types.parse(session.text(base));
    if (generator === undefined) return [];
    const made = invokeMember(invokeStatic(generator, 'new', [], session), 'GetValidValues', [], session);
    return [...(enumerable(made, session) ?? [made])].map((one) => session.text(one));
  }
  return [...(enumerable(base, session) ?? [base])].map((one) => session.text(one));
}

function textOf(value: Value, session: Session): string {
  return value === undefined || value === null ? '' : session.text(value);
}

function optionsText(value: Value, session: Session): string {
  return value === undefined ? 'IgnoreCase' : session.text(value);
}

function whole(value: Value, session: Session): number {
  const converted = convertTo(value, netTypes.int32, session);
  return typeof converted === 'number' ? converted : 0;
}

const validates = namedType('System.Management.Automation.ValidateArgumentsAttribute');
const validatesEach = namedType('System.Management.Automation.ValidateEnumeratedArgumentsAttribute');
const transforms = namedType('System.Management.Automation.ArgumentTransformationAttribute');

/** An attribute that is a class of the script: `class X : System.Management.Automation.ValidateArgumentsAttribute { … }`. */
function scriptAttribute(
  { ast, positional, named }: AttributeArguments,
  session: Session,
): ParameterAttribute | undefined {
  if (ast === undefined) return undefined;
  const type = session.types.resolve(ast.typeName);
  const make = (): Value => {
    const made = invokeStatic(type, 'new', [...positional], session);
    for (const [name, value] of named) setMember(made, name, value, session);
    return made;
  };
  if (isAssignable(type, transforms)) {
    const made = make();
    return {
      typeName: type.name,
      kind: 'transformation',
      apply: (value) => invokeMember(made, 'Transform', [null, value], session),
    };
  }
  if (isAssignable(type, validatesEach)) {
    const made = make();
    return {
      typeName: type.name,
      kind: 'validation',
      apply: (value) => {
        if (baseOf(value) === null) throw invalid('ArgumentIsEmpty', 'The argument is null.');
        for (const item of enumerable(value, session) ?? [value])
          invokeMember(made, 'ValidateElement', [item], session);
        return value;
      },
    };
  }
  if (isAssignable(type, validates)) {
    const made = make();
    return {
      typeName: type.name,
      kind: 'validation',
      apply: (value) => {
        invokeMember(made, 'Validate', [value, null], session);
        return value;
      },
    };
  }
  return undefined;
}
