import { baseOf, typeOf } from '../conversion/base.ts';
import type { Session } from '../runtime/session.ts';
import { netTypes } from '../types/intrinsic.ts';
import type { Dictionary } from '../values/dictionary.ts';
import { ScriptBlock } from '../values/script-block.ts';
import { SwitchParameter } from '../values/switch-parameter.ts';
import type { Value } from '../values/value.ts';
import { type Bindable, BindableTable, everySet } from './bindable.ts';
import { type BindingError, type BoundCall, bindingError, type Place, transformationError } from './binding-error.ts';
import {
  CannotConvert,
  castArgument,
  coerceArgument,
  elements,
  exceptionOf,
  fitsUncoerced,
  typeText,
} from './coerce.ts';
import type { ParameterDeclaration } from './parameter.ts';
import { refuseEmpty } from './refuse-empty.ts';
import { typeNamesOf } from './type-names.ts';

/** One argument on its way to a parameter. `name` is `undefined` for positional ones. */
export interface BindArgument {
  readonly name: string | undefined;
  readonly text: string;
  readonly hasValue: boolean;
  readonly value: Value;
  readonly source: string | undefined;
  /** Of the name, or of the argument where there is no name; `undefined` for values that the engine supplies. */
  readonly place: Place | undefined;
  readonly valuePlace: Place | undefined;
  readonly splatted: boolean;
}

/** How an argument is bound: with its value converted; or tried as it is; or as the parameter's own default. */
export interface BindMode {
  readonly coerce: boolean;
  readonly isDefault: boolean;
  /** A script block for a pipeline parameter of another type runs per object. */
  readonly delayBlocks: boolean;
}

export const asIs: BindMode = { coerce: false, isDefault: false, delayBlocks: false };
export const coerced: BindMode = { coerce: true, isDefault: false, delayBlocks: false };
const defaultAsIs: BindMode = { coerce: false, isDefault: true, delayBlocks: false };
const defaultCoerced: BindMode = { coerce: true, isDefault: true, delayBlocks: false };

/** Who is called, and what the binder needs of the call. */
export interface BindingTarget extends BoundCall {
  readonly session: Session;
  /** True for a command that is not the first of its pipeline, or is fed by the engine. */
  readonly expectsInput: boolean;
  /** Takes a bound value: a function makes it a variable. */
  set(parameter: Bindable, value: Value): void;
  /** The value that a parameter has without an argument, for functions; `undefined` where it has none to set. */
  defaultOf(parameter: Bindable): { readonly value: Value; readonly isDeclared: boolean } | undefined;
  warn(message: string): void;
  /** `$PSDefaultParameterValues` as the caller sees it. */
  presets(): Dictionary | undefined;
  /** The names under which presets may mean the command: its own and its aliases. */
  presetNames(): readonly string[];
  /** Runs a delay-bind script block with the object as `$_` and answers its output. */
  evaluate(block: ScriptBlock, input: Value): readonly Value[];
}

/** The state of binding one call, from its command line over each pipeline object. */
export class Binding {
  readonly target: BindingTarget;
  table: BindableTable;
  readonly bound = new Set<Bindable>();
  /** What `$PSBoundParameters` shows. */
  readonly values = new Map<string, Value>();
  readonly delayed = new Map<Bindable, BindArgument>();
  /** Arguments that no parameter took yet. */
  rest: BindArgument[];
  /** The sets still possible, as bits. */
  sets = everySet;
  setsBeforeInput = everySet;
  /** A set whose parameters are tried first for each pipeline object; 0 for none. */
  preferredSet = 0;
  setName: string;
  /** Names that `$PSDefaultParameterValues` filled. */
  readonly presets: string[] = [];
  readonly byPipeline: Bindable[] = [];
  /** True once a common parameter has a value. */
  hasCommon = false;
  /** `$PSDefaultParameterValues`, looked up at the first question. */
  presetTable: Dictionary | undefined | 'unknown' = 'unknown';
  readonly #defaults = new Map<Bindable, Value>();

  constructor(target: BindingTarget, table: BindableTable, args: readonly BindArgument[]) {
    this.target = target;
    this.table = table;
    this.setName = table.setName(everySet);
    this.rest = args.some(isSplattedName)
      ? [...args.filter((one) => !isSplattedName(one)), ...args.filter(isSplattedName)]
      : [...args];
  }

  get session(): Session {
    return this.target.session;
  }

  /** Binds an argument within sets. False where it does not fit as it is and was not to be converted. */
  bindIn(sets: number, argument: BindArgument, parameter: Bindable, mode: BindMode): boolean {
    if (mode.delayBlocks && this.#delays(sets, argument, parameter)) return false;
    try {
      return this.bind(argument, parameter, mode);
    } catch (error) {
      if (mode.coerce || !isBindingError(error) || !error.isInvalidCast) throw error;
      return false;
    }
  }

  #delays(sets: number, argument: BindArgument, parameter: Bindable): boolean {
    if (!(argument.value instanceof ScriptBlock) || !parameter.takesPipelineIn(sets)) return false;
    if (takesBlocks(parameter)) return false;
    if (!this.target.expectsInput) {
      throw bindingError(
        this.target,
        'ScriptBlockArgumentNoInput',
        `Cannot evaluate parameter '${parameter.name}' because its argument is specified as a script block and there is no input. A script block cannot be evaluated without input.`,
        { category: 'MetadataError', parameter: parameter.name, place: argument.valuePlace },
      );
    }
    this.delayed.set(parameter, argument);
    if (parameter.setFlags !== 0) this.sets &= parameter.setFlags;
    this.bound.add(parameter);
    this.values.set(parameter.name, argument.value);
    return true;
  }

  bind(argument: BindArgument, parameter: Bindable, mode: BindMode): boolean {
    const value = this.#prepare(argument, parameter, mode);
    if (value === unfit) return false;
    this.target.set(parameter, value === undefined ? null : value);
    if (mode.isDefault) {
      if (parameter.takesPipeline) this.#defaults.set(parameter, value);
      return true;
    }
    const { obsolete } = parameter.declaration;
    if (obsolete !== undefined && !this.values.has(parameter.name)) {
      this.target.warn(`Parameter '${parameter.name}' is obsolete. ${obsolete}`);
    }
    this.values.set(parameter.name, value === undefined ? null : value);
    if (parameter.isCommon) this.hasCommon = true;
    if (parameter.setFlags !== 0) this.sets &= parameter.setFlags;
    this.bound.add(parameter);
    return true;
  }

  #prepare(argument: BindArgument, parameter: Bindable, { coerce, isDefault }: BindMode): Value | typeof unfit {
    const { declaration } = parameter;
    const { session } = this;
    let { value } = argument;
    if (argument.source !== undefined && wantsText(parameter)) value = argument.source;
    let cast = false;
    for (const attribute of declaration.attributes) {
      if (attribute.kind === 'validation') continue;
      try {
        if (attribute.kind === 'transformation') {
          if (baseOf(value) !== null || (!isDefault && parameter.isMandatory)) value = attribute.apply(value, session);
        } else if (coerce && attribute.cast !== undefined) {
          value = castArgument(value, attribute.cast, this.table.table.isAdvanced, session);
          cast = true;
        }
      } catch (error) {
        const inner = exceptionOf(error);
        throw transformationError(this.target, parameter.name, inner, {
          ...this.#about(argument, parameter, value),
          isInvalidCast: attribute.kind === 'cast',
        });
      }
    }
    if (!coerce) {
      const fit =
        isDefault && baseOf(value) === null ? { value: null } : fitsUncoerced(value, declaration.type, session);
      if (fit === undefined) return unfit;
      value = fit.value;
    } else if (!cast && declaration.type !== netTypes.object) {
      value = this.#coerce(value, argument, parameter);
    }
    this.#checkTypeNames(value, argument, parameter, coerce);
    if (!isDefault) this.#validate(value, argument, parameter);
    return value;
  }

  #coerce(value: Value, argument: BindArgument, parameter: Bindable): Value {
    const { type } = parameter.declaration;
    try {
      return coerceArgument(value, type, this.session);
    } catch (error) {
      if (!(error instanceof CannotConvert)) throw error;
      const { name } = parameter;
      const message =
        error.id === 'CannotConvertArgument'
          ? `Cannot convert '${error.shown}' to the type '${typeText(type)}' required by parameter '${name}'. ${error.message}`
          : error.id === 'CannotConvertArgumentNoMessage'
            ? `Cannot bind parameter '${name}'. ${error.message}`
            : `Cannot bind argument to parameter '${name}' because it is null.`;
      throw bindingError(this.target, error.id, message, {
        ...this.#about(argument, parameter, value),
        inner: error.inner,
        isInvalidCast: error.id === 'CannotConvertArgumentNoMessage',
      });
    }
  }

  #validate(value: Value, argument: BindArgument, parameter: Bindable): void {
    for (const attribute of parameter.declaration.attributes) {
      if (attribute.kind !== 'validation') continue;
      try {
        attribute.apply(value, this.session);
      } catch (error) {
        const inner = exceptionOf(error);
        throw bindingError(
          this.target,
          'ParameterArgumentValidationError',
          `Cannot validate argument on parameter '${parameter.name}'. ${inner.message}`,
          {
            ...this.#about(argument, parameter, value),
            kind: inner.details.get('SwallowException') === true ? 'binding' : 'validation',
            inner,
          },
        );
      }
    }
    if (!parameter.isMandatory) return;
    const refused = refuseEmpty(value, parameter, this.session);
    if (refused === undefined) return;
    throw bindingError(this.target, refused.id, refused.message, {
      ...this.#about(argument, parameter, value),
      kind: 'validation',
    });
  }

  #checkTypeNames(value: Value, argument: BindArgument, parameter: Bindable, isLast: boolean): void {
    const required = parameter.declaration.psTypeName;
    if (required === undefined || baseOf(value) === null) return;
    const folded = required.toLowerCase();
    for (const item of elements(value, this.session) ?? [value]) {
      if (typeNamesOf(item).some((name) => name.toLowerCase() === folded)) continue;
      throw bindingError(
        this.target,
        'MismatchedPSTypeName',
        `Cannot bind argument to parameter '${parameter.name}', because PSTypeNames of the argument do not match the PSTypeName required by the parameter: ${required}.`,
        {
          ...this.#about(argument, parameter, value),
          kind: isLast ? 'transformation' : 'binding',
          category: 'InvalidArgument',
          isInvalidCast: true,
        },
      );
    }
  }

  #about(
    argument: BindArgument,
    parameter: Bindable,
    value: Value,
  ): {
    parameter: string;
    parameterType: Bindable['declaration']['type'];
    typeSpecified: Bindable['declaration']['type'] | undefined;
    place: Place | undefined;
  } {
    const base = baseOf(value);
    return {
      parameter: parameter.name,
      parameterType: parameter.declaration.type,
      typeSpecified: base === null || base === undefined ? undefined : typeOf(base),
      place: argument.valuePlace,
    };
  }

  /** Gives every parameter without an argument its default value: functions only. */
  bindDefaults(): void {
    for (const parameter of this.table.parameters) {
      if (parameter.isCommon || this.bound.has(parameter)) continue;
      const found = this.target.defaultOf(parameter);
      if (found === undefined) continue;
      this.bind(supplied(parameter, found.value), parameter, found.isDeclared ? defaultCoerced : defaultAsIs);
    }
  }

  /** Adds the parameters of a `dynamicparam` block; positions and sets are worked out anew. */
  extend(added: readonly ParameterDeclaration[]): void {
    const { table } = this.table;
    const before = new Map([...this.bound].map((one) => [one.folded, one]));
    this.table = new BindableTable(table, added);
    this.bound.clear();
    for (const parameter of this.table.parameters) if (before.has(parameter.folded)) this.bound.add(parameter);
  }

  /** Keeps the value that a parameter has before the pipeline fills it. */
  keepDefault(parameter: Bindable, value: Value): void {
    if (!this.#defaults.has(parameter)) this.#defaults.set(parameter, value);
  }

  hasKeptDefault(parameter: Bindable): boolean {
    return this.#defaults.has(parameter);
  }

  /** Takes back what the last pipeline object bound. */
  restoreDefaults(): void {
    for (const parameter of this.byPipeline) {
      this.target.set(parameter, this.#defaults.get(parameter) ?? absentValue(parameter));
      this.bound.delete(parameter);
    }
    this.byPipeline.length = 0;
  }
}

/** Names of splatted dictionaries are bound after those that were written. */
function isSplattedName({ splatted, name }: BindArgument): boolean {
  return splatted && name !== undefined;
}

/** What a switch without an argument is; `undefined` for every other parameter. */
function absentValue(parameter: Bindable): Value {
  return parameter.declaration.isSwitch ? SwitchParameter.off : undefined;
}

const unfit = Symbol('the value does not fit as it is');

export function isBindingError(error: unknown): error is BindingError {
  return error instanceof Error && 'isInvalidCast' in error && 'kind' in error;
}

/** A value of the engine itself for a parameter. */
export function supplied(parameter: Bindable, value: Value): BindArgument {
  return {
    name: parameter.name,
    text: `-${parameter.name}:`,
    hasValue: true,
    value,
    source: undefined,
    place: undefined,
    valuePlace: undefined,
    splatted: false,
  };
}

function wantsText({ declaration: { type, attributes, numbersAsWritten }, collection }: Bindable): boolean {
  if (numbersAsWritten) return true;
  if (attributes.some((one) => one.kind === 'transformation')) return false;
  return type === netTypes.string || collection.element === netTypes.string;
}

function takesBlocks({ declaration: { type }, collection: { kind, element } }: Bindable): boolean {
  if (type === netTypes.object || type === netTypes.scriptBlock) return true;
  return kind !== 'none' && (element === netTypes.object || element === netTypes.scriptBlock);
}
