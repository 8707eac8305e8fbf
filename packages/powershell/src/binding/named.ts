import { SwitchParameter } from '../values/switch-parameter.ts';
import { AmbiguousName, type Bindable } from './bindable.ts';
import { type BindArgument, type Binding, coerced } from './binding.ts';
import { bindingError, type Place } from './binding-error.ts';
import { typeText } from './coerce.ts';

/** The parameter that a name means here; `undefined` for an unknown one. Throws where several begin with it. */
function findParameter(binding: Binding, name: string, place: Place | undefined): Bindable | undefined {
  const found = binding.table.match(name);
  if (!(found instanceof AmbiguousName)) return found;
  const matches = found.matches.map((one) => ` -${one.name}`).join('');
  throw bindingError(
    binding.target,
    'AmbiguousParameter',
    `Parameter cannot be processed because the parameter name '${name}' is ambiguous. Possible matches include:${matches}.`,
    { parameter: name, place },
  );
}

/** Gives each known name its argument: the one that follows, or none for switches. Names nobody knows stay as they are. */
export function pairNames(binding: Binding): void {
  const given = binding.rest;
  const paired: BindArgument[] = [];
  for (let index = 0; index < given.length; index++) {
    const argument = given[index];
    if (argument === undefined) continue;
    const parameter =
      argument.name === undefined || argument.hasValue
        ? undefined
        : findParameter(binding, argument.name, argument.place);
    if (parameter === undefined) {
      paired.push(argument);
      continue;
    }
    if (parameter.declaration.isSwitch) {
      paired.push({ ...argument, hasValue: true, value: SwitchParameter.on });
      continue;
    }
    const next = given[index + 1];
    if (next === undefined) throw missingArgument(binding, parameter, argument);
    index++;
    if (next.name === undefined) {
      paired.push({
        ...argument,
        name: parameter.name,
        hasValue: true,
        value: next.value,
        source: next.source,
        valuePlace: next.valuePlace,
      });
      continue;
    }
    if (next.hasValue || findParameter(binding, next.name, next.place) !== undefined) {
      throw missingArgument(binding, parameter, argument);
    }
    paired.push({ ...argument, name: parameter.name, hasValue: true, value: next.text, valuePlace: next.place });
  }
  binding.rest = paired;
}

function missingArgument(binding: Binding, parameter: Bindable, argument: BindArgument): Error {
  const { type } = parameter.declaration;
  return bindingError(
    binding.target,
    'MissingArgument',
    `Missing an argument for parameter '${parameter.name}'. Specify a parameter of type '${typeText(type)}' and try again.`,
    { parameter: parameter.name, parameterType: type, place: argument.place },
  );
}

/** Binds what has a name; what is splatted gives way to what was written. */
export function bindNamed(binding: Binding): void {
  const rest: BindArgument[] = [];
  const { sets } = binding;
  let written: ReadonlySet<Bindable> | undefined;
  for (const argument of binding.rest) {
    const parameter = argument.name === undefined ? undefined : findParameter(binding, argument.name, argument.place);
    if (parameter === undefined) {
      rest.push(argument);
      continue;
    }
    if (argument.splatted) {
      written ??= new Set(binding.bound);
      if (written.has(parameter)) continue;
    }
    if (binding.bound.has(parameter)) {
      throw bindingError(
        binding.target,
        'ParameterAlreadyBound',
        `Cannot bind parameter because parameter '${argument.name ?? ''}' is specified more than once. To provide multiple values to parameters that can accept multiple values, use the array syntax. For example, "-parameter value1,value2,value3".`,
        { parameter: parameter.name, place: argument.place },
      );
    }
    bindOneNamed(binding, argument, parameter, sets);
  }
  binding.rest = rest;
}

function bindOneNamed(binding: Binding, argument: BindArgument, parameter: Bindable, sets: number): void {
  if (binding.table.table.isAdvanced && !parameter.isIn(sets)) {
    throw bindingError(
      binding.target,
      'ParameterNotInParameterSet',
      `Parameter '${argument.name ?? ''}' cannot be specified in parameter set '${binding.table.setName(sets)}'.`,
      { parameter: parameter.name },
    );
  }
  binding.bindIn(sets, argument, parameter, { ...coerced, delayBlocks: binding.table.table.isAdvanced });
}
