import { defineTypes } from '../classes/define-types.ts';
import { resolveTypeName } from '../classes/type-scope.ts';
import { compileBlock } from '../compiler/compile.ts';
import type { CompiledBlock, CompiledParameter } from '../compiler/compiled-block.ts';
import { enumerable } from '../conversion/enumerate.ts';
import { isTrue } from '../conversion/truth.ts';
import type { Session } from '../runtime/session.ts';
import type { SessionState } from '../runtime/session-state.ts';
import type { AttributeAst, ScriptBlockAst } from '../syntax/tree/index.ts';
import { netTypes } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { Decimal, Double } from '../values/numbers.ts';
import type { ScriptBlock } from '../values/script-block.ts';
import { SwitchParameter } from '../values/switch-parameter.ts';
import type { Value } from '../values/value.ts';
import type { ParameterAttribute } from './attribute.ts';
import {
  type AttributeArguments,
  type AttributePlace,
  attributeArguments,
  attributeName,
} from './attributes/attribute-arguments.ts';
import { valueAttribute } from './attributes/value-attribute.ts';
import { castArgument } from './coerce.ts';
import {
  allParameterSets,
  type ParameterDeclaration,
  type ParameterSetEntry,
  type ParameterTable,
} from './parameter.ts';
import { variableCheck } from './variable-check.ts';

/** A parameter of a script function: what the binder sees, and how it becomes a variable. */
export interface FunctionParameter extends ParameterDeclaration {
  readonly compiled: CompiledParameter;
  /** The value without an argument where none is declared: `''`, `0`, `$false` by type; `undefined` where nothing is set. */
  readonly implied: Value;
  /** What later assignments to the variable go through. */
  readonly check: ((value: Value) => Value) | undefined;
  /** The one type of a parameter without other attributes, `undefined` where it has none: these bind fast. */
  readonly simpleType: NetType | undefined;
  readonly isSimple: boolean;
}

/** What a script block's parameters and attributes say, ready for calls. */
export interface FunctionSignature {
  readonly table: ParameterTable;
  readonly parameters: readonly FunctionParameter[];
  readonly compiled: CompiledBlock;
  /** What `[Obsolete()]` on the function says. */
  readonly obsolete: string | undefined;
  readonly confirmImpact: 'None' | 'Low' | 'Medium' | 'High';
  /** Every parameter is untyped or has a type and nothing else, and the function is not advanced. */
  readonly isSimple: boolean;
}

const known = new WeakMap<ScriptBlock, FunctionSignature>();
/** Signatures that say nothing but names are the same for each object made of a script block literal. */
const untyped = new WeakMap<ScriptBlockAst, FunctionSignature>();

/** The parameters of a script block, worked out at its first call. Throws `Thrown` where a type or attribute is unknown. */
export function signatureOf(block: ScriptBlock, session: Session): FunctionSignature {
  const found = known.get(block) ?? untyped.get(block.ast);
  if (found !== undefined) return found;
  const signature = readSignature(block, session);
  if (isUntyped(block.ast, signature)) untyped.set(block.ast, signature);
  else known.set(block, signature);
  return signature;
}

function isUntyped({ attributes }: ScriptBlockAst, { parameters }: FunctionSignature): boolean {
  return attributes.length === 0 && parameters.every((one) => one.compiled.ast.attributes.length === 0);
}

/** The parameter table alone, for `Get-Command` and the like. */
export function parameterTableOf(block: ScriptBlock, session: Session): ParameterTable {
  return signatureOf(block, session).table;
}

function readSignature(block: ScriptBlock, session: Session): FunctionSignature {
  const state: SessionState = block.state ?? session.frame.scope.state;
  defineTypes(block.ast, session, state);
  const compiled = compileBlock(block.ast);
  const place: AttributePlace = { source: block.ast.source, state, session };
  const binding = block.ast.attributes.find((one) => attributeName(one) === 'cmdletbinding');
  const options = binding === undefined ? undefined : attributeArguments(binding, place).named;
  const parts = compiled.parameters.map((one) => readParameter(one, place));
  const isAdvanced = binding !== undefined || parts.some((one) => one.parameterAttributes.length > 0);
  const positional = options?.get('positionalbinding') !== false;
  const explicit = parts.some((one) =>
    one.sets.some(
      ({ set, position }) => position !== undefined || set.toLowerCase() !== allParameterSets.toLowerCase(),
    ),
  );
  const numbered = positional && !explicit ? withPositions(parts) : parts;
  const parameters = numbered.map(({ parameterAttributes: _, ...one }) => one);
  const defaultSet = options?.get('defaultparametersetname');
  const table: ParameterTable = {
    parameters,
    byName: new Map(parameters.map((one) => [one.name.toLowerCase(), one])),
    setNames: [...new Set(parameters.flatMap((one) => one.sets.map(({ set }) => set)))],
    defaultSet: typeof defaultSet === 'string' ? defaultSet : undefined,
    isAdvanced,
    positionalBinding: positional,
    supportsShouldProcess: isTrue(options?.get('supportsshouldprocess') ?? false),
  };
  return {
    table,
    parameters,
    compiled,
    confirmImpact: impactOf(options?.get('confirmimpact'), session),
    obsolete: obsoleteText(block.ast.attributes, place),
    isSimple:
      !isAdvanced &&
      !block.ast.attributes.some((one) => attributeName(one) === 'obsolete') &&
      block.ast.dynamicParamBlock === undefined &&
      parameters.every((one) => one.isSimple),
  };
}

function obsoleteText(attributes: readonly AttributeAst[], place: AttributePlace): string | undefined {
  const attribute = attributes.find((one) => attributeName(one) === 'obsolete');
  return attribute === undefined ? undefined : saidBy([attributeArguments(attribute, place)], place.session);
}

/** The text of an `[Obsolete()]`, empty where it says nothing. */
function saidBy([attribute]: readonly AttributeArguments[], session: Session): string | undefined {
  if (attribute === undefined) return undefined;
  const [text] = attribute.positional;
  return text === undefined ? '' : session.text(text);
}

function impactOf(value: Value, session: Session): FunctionSignature['confirmImpact'] {
  const text = value === undefined || value === null ? 'medium' : session.text(value).toLowerCase();
  if (text === 'high' || text === '3') return 'High';
  if (text === 'low' || text === '1') return 'Low';
  return text === 'none' || text === '0' ? 'None' : 'Medium';
}

interface ParameterParts extends FunctionParameter {
  readonly parameterAttributes: readonly AttributeArguments[];
}

function withPositions(parts: readonly ParameterParts[]): readonly ParameterParts[] {
  let next = 0;
  return parts.map((one) => {
    if (one.isSwitch) return one;
    const [first, ...others] = one.sets;
    if (first === undefined) return one;
    return { ...one, sets: [{ ...first, position: next++ }, ...others] };
  });
}

function readParameter(compiled: CompiledParameter, place: AttributePlace): ParameterParts {
  const { session } = place;
  const constraints: NetType[] = [];
  const given: AttributeArguments[] = [];
  const attributes: ParameterAttribute[] = [];
  for (const one of compiled.ast.attributes) {
    if (one.kind === 'typeConstraint') {
      const type = resolveTypeName(one.typeName, place.source, session);
      constraints.push(type);
      attributes.unshift(castTo(type));
      continue;
    }
    const read = attributeArguments(one, place);
    given.push(read);
    const attribute = valueAttribute(read, session);
    if (attribute !== undefined) attributes.unshift(attribute);
  }
  const type = constraints.at(-1) ?? netTypes.object;
  const named = (name: string): readonly AttributeArguments[] => given.filter((one) => one.name === name);
  const parameterAttributes = named('parameter');
  const isSimple = given.length === 0 && constraints.length < 2;
  return {
    name: compiled.name,
    aliases: named('alias').flatMap((one) => one.positional.flatMap((value) => textsOf(value, session))),
    type,
    isSwitch: type === netTypes.switchParameter,
    sets: parameterAttributes.length === 0 ? [everywhere] : parameterAttributes.map((one) => entryOf(one, session)),
    attributes,
    allowNull: named('allownull').length > 0,
    allowEmptyString: named('allowemptystring').length > 0,
    allowEmptyCollection: named('allowemptycollection').length > 0,
    dontShow: parameterAttributes.some((one) => isTrue(one.named.get('dontshow') ?? false)),
    obsolete: saidBy(named('obsolete'), session),
    psTypeName: psTypeName(named('pstypename'), session),
    compiled,
    implied: impliedValue(type, session),
    check: variableCheck(compiled.name, attributes, session),
    simpleType: constraints.length === 0 ? undefined : type,
    isSimple,
    parameterAttributes,
  };
}

const everywhere: ParameterSetEntry = {
  set: allParameterSets,
  mandatory: false,
  position: undefined,
  fromPipeline: false,
  fromPipelineByPropertyName: false,
  fromRemainingArguments: false,
  helpMessage: '',
};

function entryOf({ named }: AttributeArguments, session: Session): ParameterSetEntry {
  const isOn = (name: string): boolean => isTrue(named.get(name) ?? false);
  const position = named.get('position');
  const set = named.get('parametersetname');
  const text = set === undefined ? '' : session.text(set);
  const help = named.get('helpmessage');
  return {
    set: text === '' ? allParameterSets : text,
    mandatory: isOn('mandatory'),
    position:
      typeof position === 'number' ? position : position === undefined ? undefined : Number(session.text(position)),
    fromPipeline: isOn('valuefrompipeline'),
    fromPipelineByPropertyName: isOn('valuefrompipelinebypropertyname'),
    fromRemainingArguments: isOn('valuefromremainingarguments'),
    helpMessage: help === undefined ? '' : session.text(help),
  };
}

function castTo(type: NetType): ParameterAttribute {
  return {
    typeName: 'System.Management.Automation.ArgumentTypeConverterAttribute',
    kind: 'cast',
    cast: type,
    apply: (value, context) => context.convert(value, type),
  };
}

function textsOf(value: Value, session: Session): readonly string[] {
  return [...(enumerable(value, session) ?? [value])].map((one) => session.text(one));
}

function psTypeName([first]: readonly AttributeArguments[], session: Session): string | undefined {
  const name = first?.positional[0];
  return name === undefined ? undefined : session.text(name);
}

const zeros: ReadonlyMap<NetType, Value> = new Map<NetType, Value>([
  [netTypes.string, ''],
  [netTypes.boolean, false],
  [netTypes.switchParameter, SwitchParameter.off],
  [netTypes.int32, 0],
  [netTypes.int64, 0n],
  [netTypes.double, new Double(0)],
  [netTypes.decimal, new Decimal(0n, 0)],
]);

const otherNumbers: ReadonlySet<NetType> = new Set<NetType>([
  netTypes.byte,
  netTypes.sbyte,
  netTypes.int16,
  netTypes.uint16,
  netTypes.uint32,
  netTypes.uint64,
  netTypes.single,
]);

function impliedValue(type: NetType, session: Session): Value {
  return zeros.get(type) ?? (otherNumbers.has(type) ? castArgument(0, type, false, session) : undefined);
}

/** `[Alias('x')]` on the function itself: names that its definition makes aliases of it. */
export function functionAliases(ast: ScriptBlockAst, place: AttributePlace): readonly string[] {
  return ast.attributes
    .filter((one: AttributeAst) => attributeName(one) === 'alias')
    .flatMap((one) => attributeArguments(one, place).positional.flatMap((value) => textsOf(value, place.session)));
}
