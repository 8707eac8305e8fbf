import {
  as,
  bool,
  type CallContext,
  Guid,
  Instance,
  type NetType,
  type Overload,
  type TypeDescription,
  type Value,
} from '@joinery/powershell/registration';
import { guidOf } from './entry-change-data.ts';
import { ecma, ecmaType } from './namespace.ts';
import { listOfParts, partsOf, textPart } from './parts.ts';

/*
 * Partitions and the nodes of a target's hierarchy (ECMA sheet 2.5).
 */

class Partition extends Instance {
  readonly identifier: Guid;
  readonly dn: string;
  readonly name: string;
  isHidden = false;

  /** Without a DN the identifier stands for it. */
  constructor(identifier: Guid, dn: string, name: string) {
    super();
    this.identifier = identifier;
    this.dn = dn === '' ? identifier.text : dn;
    this.name = name === '' ? this.dn : name;
  }
  get type(): NetType {
    return ecmaType('Partition');
  }
}

class HierarchyNode extends Instance {
  readonly dn: string | null;
  readonly displayName: string | null;
  constructor(dn: string | null, displayName: string | null) {
    super();
    this.dn = dn;
    this.displayName = displayName;
  }
  get type(): NetType {
    return ecmaType('HierarchyNode');
  }
}

const partition = (value: Value): Partition => as(value, Partition);
const node = (value: Value): HierarchyNode => as(value, HierarchyNode);

function makePartition(identifier: Value, dn: Value, name: Value): Partition {
  return new Partition(as(identifier, Guid), textPart(dn) ?? '', textPart(name) ?? '');
}

function receivedPartition(data: Value, context: CallContext): Partition {
  const [identifier, dn, name, isHidden] = partsOf(data);
  const made = new Partition(guidOf(identifier, context), textPart(dn) ?? '', textPart(name) ?? '');
  made.isHidden = isHidden === true;
  return made;
}

const createPartition: readonly Overload[] = [
  {
    signature: `static ${ecma}.Partition Create(guid identifier, string dn)`,
    invoke: (_self, [identifier, dn]) => makePartition(identifier, dn, null),
  },
  {
    signature: `static ${ecma}.Partition Create(guid identifier, string dn, string name)`,
    invoke: (_self, [identifier, dn, name]) => makePartition(identifier, dn, name),
  },
];

export const placeTypes: readonly TypeDescription[] = [
  {
    name: `${ecma}.Partition`,
    kind: 'class',
    // Data: identifier, DN, name, hidden.
    handOver: {
      receive: receivedPartition,
      send: (self) => {
        const { identifier, dn, name, isHidden } = partition(self);
        return listOfParts(identifier.text, dn, name, isHidden);
      },
    },
    staticMethods: { Create: createPartition },
    properties: {
      Identifier: { type: 'guid', get: (self) => partition(self).identifier },
      DN: { type: 'string', get: (self) => partition(self).dn },
      Name: { type: 'string', get: (self) => partition(self).name },
      HiddenByDefault: {
        type: 'bool',
        get: (self) => partition(self).isHidden,
        set: (self, value) => {
          partition(self).isHidden = bool(value);
        },
      },
    },
  },
  {
    name: `${ecma}.HierarchyNode`,
    kind: 'class',
    // Data: DN, name that is shown.
    handOver: {
      receive: (data) => {
        const [dn, displayName] = partsOf(data);
        return new HierarchyNode(textPart(dn), textPart(displayName));
      },
      send: (self) => listOfParts(node(self).dn, node(self).displayName),
    },
    staticMethods: {
      Create: [
        {
          signature: `static ${ecma}.HierarchyNode Create(string dn, string displayName)`,
          invoke: (_self, [dn, displayName]) => new HierarchyNode(textPart(dn), textPart(displayName)),
        },
      ],
    },
    properties: {
      DN: { type: 'string', get: (self) => node(self).dn },
      DisplayName: { type: 'string', get: (self) => node(self).displayName },
    },
  },
];
