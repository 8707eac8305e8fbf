import {
  as,
  bool,
  type CallContext,
  Instance,
  type NetType,
  netFailure,
  SecureString,
  type TypeDescription,
  type Value,
} from '@joinery/powershell/registration';
import { collectionType, EcmaCollection, emptyCollection } from './named-collection.ts';
import { ecma, ecmaType } from './namespace.ts';
import { partsOf, textPart } from './parts.ts';

/** `ConfigParameter`: a text, or a secret that shows itself to nobody who only prints it. */
class ConfigParameter extends Instance {
  readonly name: string | null;
  readonly #value: string | null | SecureString;
  readonly #isEncrypted: boolean;

  constructor(name: string | null, value: string | null | SecureString, isEncrypted = value instanceof SecureString) {
    super();
    this.name = name;
    this.#value = value;
    this.#isEncrypted = isEncrypted;
  }

  get type(): NetType {
    return ecmaType('ConfigParameter');
  }

  get isEncrypted(): boolean {
    return this.#isEncrypted;
  }

  /** Throws `NetFailure` (InvalidOperationException) for a secret: scripts print whole collections. */
  get value(): string | null {
    if (!(this.#value instanceof SecureString)) return this.#value;
    throw this.#failure('is encrypted: use its SecureValue');
  }

  /** Throws `NetFailure` (InvalidOperationException) for a plain text. */
  get secureValue(): SecureString {
    if (this.#value instanceof SecureString) return this.#value;
    throw this.#failure('is not encrypted: use its Value');
  }

  #failure(what: string): Error {
    return netFailure('System.InvalidOperationException', `The parameter '${this.name ?? ''}' ${what}.`);
  }
}

const parameter = (value: Value): ConfigParameter => as(value, ConfigParameter);

function parameterName(item: Value): Value {
  return parameter(item).name;
}

/** Data: name, value and whether it is encrypted, of each. Parameters do not go out. */
function received(data: Value, context: CallContext): Value {
  const made = emptyCollection('ConfigParameterKeyedCollection', parameterName);
  const parts = partsOf(data);
  for (let at = 0; at + 2 < parts.length; at += 3) {
    const value = textPart(parts[at + 1]);
    const held = parts[at + 2] === true ? new SecureString(value ?? '') : value;
    made.insertItem(made.size, new ConfigParameter(textPart(parts[at]), held), context);
  }
  return made;
}

export const configParameterTypes: readonly TypeDescription[] = [
  {
    name: `${ecma}.ConfigParameter`,
    kind: 'class',
    constructors: [
      { signature: 'new()', invoke: () => new ConfigParameter(null, null) },
      {
        signature: 'new(string name, string value)',
        invoke: (_self, [name, value]) => new ConfigParameter(textPart(name), textPart(value)),
      },
      {
        signature: 'new(string name, string value, bool isEncrypted)',
        invoke: (_self, [name, value, isEncrypted]) =>
          new ConfigParameter(textPart(name), textPart(value), bool(isEncrypted)),
      },
      {
        signature: 'new(string name, securestring secureValue)',
        invoke: (_self, [name, value]) => new ConfigParameter(textPart(name), as(value, SecureString)),
      },
    ],
    properties: {
      Name: { type: 'string', get: (self) => parameter(self).name },
      Value: { type: 'string', get: (self) => parameter(self).value },
      SecureValue: { type: 'securestring', get: (self) => parameter(self).secureValue },
      IsEncrypted: { type: 'bool', get: (self) => parameter(self).isEncrypted },
    },
  },
  {
    ...collectionType(
      'ConfigParameterKeyedCollection',
      'string',
      'ConfigParameter',
      (type) => new EcmaCollection(type, parameterName),
    ),
    handOver: { receive: received },
  },
];
