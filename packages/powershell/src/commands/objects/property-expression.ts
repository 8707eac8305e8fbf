import { baseOf, typeOf } from '../../conversion/base.ts';
import type { NetException } from '../../errors/net-exception.ts';
import { Thrown } from '../../errors/thrown.ts';
import { WildcardPattern } from '../../operators/wildcard.ts';
import { type Node, visitChildren } from '../../syntax/walk.ts';
import { extendedMembersOf } from '../../types/extended-members.ts';
import { netTypes } from '../../types/intrinsic.ts';
import { getMember } from '../../types/members.ts';
import { objectArray } from '../../values/array.ts';
import { Dictionary } from '../../values/dictionary.ts';
import { PSCustomObject } from '../../values/ps-object.ts';
import { ScriptBlock } from '../../values/script-block.ts';
import type { Value } from '../../values/value.ts';
import { cmdletError, exceptionOf } from '../cmdlet-error.ts';
import type { CmdletCall } from '../description.ts';
import { isProperty, matchMembers } from './member-match.ts';

/** A key that a property given as a hashtable may have, with its other names; keys may be abbreviated. */
export interface PropertyKey {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** Full names of the types its value may have; any where absent. */
  readonly types?: readonly string[];
}

export const expressionKey: PropertyKey = {
  name: 'expression',
  types: ['System.String', 'System.Management.Automation.ScriptBlock'],
};

/**
 * A property as `Select-Object`, `Sort-Object`, `Group-Object` and their kind take it: a name, a wildcard, a block, or a
 * hashtable of an expression and more.
 */
export interface PropertyExpression {
  readonly expression: string | ScriptBlock;
  /** Text of the expression: what the result is called where no name is given. */
  readonly text: string;
  readonly isWildcard: boolean;
  /** The values of a hashtable's other keys, by the key's full name. */
  readonly options: ReadonlyMap<string, Value>;
  /** Runs the block; only where `expression` is one. */
  readonly run: ((underscore: Value) => Value) | undefined;
}

/** What a property expression gave for one object: `exception` where reading failed, and `value` is null then. */
export interface PropertyResult {
  readonly name: string;
  readonly value: Value;
  readonly exception: NetException | undefined;
}

/** Reads the properties that a cmdlet was given. Ends the cmdlet with PowerShell's `DictionaryKey…` errors for what is none. */
export function propertyExpressions(
  call: CmdletCall,
  values: readonly Value[],
  keys: readonly PropertyKey[],
  { wildcards = true }: { wildcards?: boolean } = {},
): PropertyExpression[] {
  return values.map((value) => {
    const base = baseOf(value);
    const options = base instanceof Dictionary ? readKeys(call, base, keys) : new Map<string, Value>();
    const expression = base instanceof Dictionary ? options.get('expression') : base;
    if (expression === undefined || expression === null) {
      if (base instanceof Dictionary)
        return refuse(call, 'DictionaryKeyMandatoryEntry', 'A mandatory entry for expression is missing.');
      return refuse(
        call,
        'DictionaryKeyUnknownType',
        `The value of a parameter was null; one of the following types was expected: ${typeList(simpleTypes)}.`,
      );
    }
    if (expression instanceof ScriptBlock) {
      return { expression, text: expression.text, isWildcard: false, options, run: runner(call, expression) };
    }
    if (typeof expression !== 'string') {
      return refuse(
        call,
        'DictionaryKeyUnknownType',
        `Cannot convert ${typeOf(expression).name} to one of the following types ${typeList(simpleTypes)}.`,
      );
    }
    if (expression === '') {
      return base instanceof Dictionary
        ? refuse(call, 'ExpressionEmptyString1', 'The "expression" key cannot have an empty string value.')
        : refuse(call, 'ExpressionEmptyString2', 'An empty string value is not allowed.');
    }
    const isWildcard = WildcardPattern.has(expression);
    if (isWildcard && !wildcards) {
      return base instanceof Dictionary
        ? refuse(
            call,
            'ExpressionGlobbing1',
            `The "expression" key cannot have wildcard characters in value "${expression}".`,
          )
        : refuse(call, 'ExpressionGlobbing2', `Wildcard characters are not allowed in "${expression}".`);
    }
    return { expression, text: expression, isWildcard, options, run: undefined };
  });
}

const simpleTypes = ['System.String', 'System.Management.Automation.ScriptBlock', 'System.Collections.IDictionary'];

function typeList(types: readonly string[]): string {
  return `{${types.join(', ')}}`;
}

function readKeys(call: CmdletCall, table: Dictionary, keys: readonly PropertyKey[]): Map<string, Value> {
  const found = new Map<string, Value>();
  for (const { key, value } of table.items()) {
    const text = baseOf(key);
    if (typeof text !== 'string') {
      const name = text === null || text === undefined ? '' : typeOf(text).name.replace(/^.*\./, '');
      return refuse(call, 'DictionaryKeyNonString', `The ${name} key type is not valid. The key must be a string.`);
    }
    const matches = keys.filter(({ name, aliases = [] }) => [name, ...aliases].some((known) => isStart(text, known)));
    const [match, other] = matches;
    if (match === undefined) return refuse(call, 'DictionaryKeyIllegal', `The ${text} key is not valid.`);
    if (other !== undefined) {
      return refuse(
        call,
        'DictionaryKeyAmbiguous',
        `The ${text} key is ambiguous; ${match.name} and ${other.name} conflict.`,
      );
    }
    if (found.has(match.name)) {
      return refuse(call, 'DictionaryKeyDuplicate', `The duplicated key "${text}" conflicts with "${match.name}".`);
    }
    checkType(call, text, baseOf(value), match.types ?? []);
    found.set(match.name, baseOf(value));
  }
  return found;
}

function isStart(key: string, name: string): boolean {
  return name.startsWith(key.toLowerCase());
}

function checkType(call: CmdletCall, key: string, value: Value, types: readonly string[]): void {
  const [only] = types;
  if (only === undefined) return;
  if (value === null || value === undefined) {
    refuse(call, 'DictionaryKeyMissingValue', `The ${key} key has no value.`);
  } else if (!types.includes(typeOf(value).name)) {
    const actual = typeOf(value).name;
    if (types.length > 1) {
      refuse(
        call,
        'DictionaryKeyIllegalValue1',
        `The "${key}" key has a type, ${actual}, that is not valid; expected types are ${typeList(types)}.`,
      );
    }
    refuse(
      call,
      'DictionaryKeyIllegalValue2',
      `The "${key}" key has a type, ${actual}, that is not valid; expected type is ${only}.`,
    );
  }
}

/** PowerShell puts the words into the error's details and leaves the exception's own message. */
function refuse(call: CmdletCall, id: string, message: string): never {
  const record = cmdletError(id, 'Specified method is not supported.', {
    type: 'System.NotSupportedException',
    category: 'InvalidArgument',
  });
  record.details = { message, recommendedAction: '' };
  return call.fail(record);
}

function runner(call: CmdletCall, block: ScriptBlock): (underscore: Value) => Value {
  let items: Value[] = [];
  const out = {
    write(value: Value) {
      items.push(value);
    },
  };
  const run = call.prepare(block, { newScope: !isPure(block) });
  const { session } = call;
  return (underscore) => {
    items = [];
    // An error in the block ends it and is the result's, as if a `try` were around.
    const before = session.hasHandler;
    session.hasHandler = true;
    try {
      run(underscore, out);
    } finally {
      session.hasHandler = before;
    }
    return items.length > 1 ? objectArray(items) : (items[0] ?? null);
  };
}

/** What an expression gives for one object: nothing for a name or wildcard that no property has. */
export function valuesOf(expression: PropertyExpression, input: Value, call: CmdletCall): PropertyResult[] {
  const { run, text } = expression;
  if (run !== undefined) return [attempt(text, () => run(input), call)];
  const { session } = call;
  const base = baseOf(input);
  if (base instanceof Dictionary && base.type === netTypes.hashtable) {
    const found = keysOf(expression, base);
    if (found.length > 0) return found;
  }
  if (!expression.isWildcard) {
    const note = noteOf(input, text);
    if (note !== undefined) return [note];
  }
  return matchMembers(input, text, session)
    .filter(isProperty)
    .map(({ name }) => attempt(name, () => getMember(input, name, session), call));
}

function noteOf(input: Value, text: string): PropertyResult | undefined {
  const layout = input instanceof PSCustomObject ? input.layout : undefined;
  if (input instanceof PSCustomObject && layout !== undefined) {
    const index = layout.indexOf(text);
    const name = layout.names[index];
    return name === undefined ? undefined : { name, value: input.fields[index] ?? null, exception: undefined };
  }
  const note = extendedMembersOf(input)?.get(text.toLowerCase());
  return note?.kind === 'note' ? { name: note.name, value: note.value ?? null, exception: undefined } : undefined;
}

/** The keys of a hashtable are its properties; those of other dictionaries are not. */
function keysOf({ text, isWildcard }: PropertyExpression, table: Dictionary): PropertyResult[] {
  if (!isWildcard) {
    const item = table.item(text);
    return item === undefined ? [] : [{ name: nameOf(item.key, text), value: item.value, exception: undefined }];
  }
  const pattern = new WildcardPattern(text);
  const results: PropertyResult[] = [];
  for (const { key, value } of table.items()) {
    if (typeof key === 'string' && pattern.matches(key)) results.push({ name: key, value, exception: undefined });
  }
  return results;
}

function nameOf(key: Value, otherwise: string): string {
  return typeof key === 'string' ? key : otherwise;
}

function attempt(name: string, read: () => Value, call: CmdletCall): PropertyResult {
  try {
    return { name, value: read() ?? null, exception: undefined };
  } catch (error) {
    const exception = exceptionOf(error);
    if (error instanceof Thrown && !error.recorded) {
      error.recorded = true;
      call.session.addError(error.record);
    }
    return { name, value: null, exception };
  }
}

const pure = new WeakMap<ScriptBlock['ast'], boolean>();

/** True where a block does nothing but compute, so that it makes no difference whether it has a scope of its own. */
function isPure({ ast }: ScriptBlock): boolean {
  let known = pure.get(ast);
  if (known === undefined) {
    known = ast.parameters === undefined && isComputing(ast);
    pure.set(ast, known);
  }
  return known;
}

function isComputing(node: Node): boolean {
  switch (node.kind) {
    case 'assignment':
    case 'command':
    case 'function':
    case 'typeDefinition':
    case 'forEach':
    case 'switch':
    case 'data':
      return false;
    case 'unary':
      if (node.operator.includes('++') || node.operator.includes('--')) return false;
      break;
    case 'binary':
      if (node.operator.endsWith('match')) return false;
      break;
  }
  let isAll = true;
  visitChildren(node, (child) => {
    isAll &&= isComputing(child);
  });
  return isAll;
}
