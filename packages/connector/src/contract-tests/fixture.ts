import type { AttributeValue, Connector, ConnectorTraits, Schema } from '../index.ts';

/** What a connector may be able to do, by the members of the contract. */
export type Capability = 'fullImport' | 'deltaImport' | 'export' | 'lookup' | 'password' | 'partitions' | 'hierarchy';

/** The members of the contract that are optional. */
export const capabilities: readonly Capability[] = [
  'fullImport',
  'deltaImport',
  'export',
  'lookup',
  'password',
  'partitions',
  'hierarchy',
];

/** An object of the target as a fixture and the pack speak of it: anchor and other selected attributes by name, absent ones left out. */
export interface ContractObject {
  readonly anchor: AttributeValue;
  /** The other parts of a compound anchor, by name; absent where one attribute is the anchor. */
  readonly furtherAnchors?: Readonly<Record<string, AttributeValue>>;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

/**
 * What a connector's tests hand to {@link connectorContract}. The module that holds it exports it as `fixture` and imports no test framework:
 * the kill test loads it in a process of its own.
 */
export interface ContractFixture {
  /** `import.meta.url` of that module. */
  readonly module: string;
  /** Exactly what the connector can do; more or less fails a test, so that nothing is left untested unnoticed. */
  readonly capabilities: readonly Capability[];
  /** Exactly its traits. */
  readonly traits: ConnectorTraits;
  /** True: `putEntries` returns a result for every entry, which a run that is kept open for further batches needs. Default: false. */
  readonly resultForEveryEntry?: boolean;
  readonly objectType: string;
  /** The anchor attribute. Objects get their anchor from whoever creates them. */
  readonly anchor: string;
  /** The other attributes of a compound anchor; `anchor` alone tells the objects of the pack apart. */
  readonly furtherAnchors?: readonly string[];
  /** A single-valued text attribute that the pack may change at will. */
  readonly text: string;
  /** A selected attribute and a text it cannot hold, where the target has such a thing. */
  readonly badValue?: { readonly attribute: string; readonly value: string };
  /** The n-th object, n from 0, with a value for `text`; the same n gives the same object, another n another. */
  object(n: number): ContractObject;
  /** The DN that an object is created under, for targets that want one. */
  dn?(object: ContractObject): string;
  /** Makes an empty target. `folder` is empty, belongs to this target, and still holds it when a later process opens it. */
  create(folder: string): Promise<ContractTarget>;
  /** Opens the target that an earlier process made in `folder`. */
  open(folder: string): Promise<ContractTarget>;
}

/** A target, with a way past the connector so that what the connector says can be checked against what is there. */
export interface ContractTarget extends AsyncDisposable {
  /** Another connector to the same target, as a second process would have. */
  connect(): Connector | Promise<Connector>;
  /** The schema of runs, as the administrator selected it. */
  schema(connector: Connector, signal: AbortSignal): Promise<Schema>;
  /** Writes objects directly: those whose anchor exists are replaced. */
  put(objects: readonly ContractObject[]): Promise<void>;
  /** Removes objects directly. */
  remove(anchors: readonly AttributeValue[]): Promise<void>;
  /** Reads all objects directly, in any order. */
  read(): Promise<readonly ContractObject[]>;
}
