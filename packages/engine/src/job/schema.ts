import type { MappingSource } from '@joinery/expressions';

/**
 * The synchronization schema in the words of Microsoft Graph (graph sheet 18, engine sheet 9): what exists on either side
 * and how one becomes the other. Wire shapes, parsed; `compileJob` turns them into what a cycle runs.
 */
export interface SynchronizationSchema {
  /** Source directory first: published clients read `directories[0]` (graph sheet 18). */
  readonly directories: readonly DirectoryDefinition[];
  readonly synchronizationRules: readonly SynchronizationRule[];
}

export interface DirectoryDefinition {
  readonly id: string;
  readonly name: string;
  readonly objects: readonly ObjectDefinition[];
}

export interface ObjectDefinition {
  readonly name: string;
  readonly attributes: readonly AttributeDefinition[];
}

export const attributeTypes = ['String', 'Integer', 'Reference', 'Binary', 'Boolean', 'DateTime'] as const;
export type AttributeType = (typeof attributeTypes)[number];

export const mutabilities = ['ReadWrite', 'ReadOnly', 'Immutable', 'WriteOnly'] as const;
export type Mutability = (typeof mutabilities)[number];

/** Engine sheet 9.5. */
export interface AttributeDefinition {
  readonly name: string;
  readonly type: AttributeType;
  /** Unique and immutable; at most one per object. */
  readonly anchor: boolean;
  /** True: a change of case alone is a change. */
  readonly caseExact: boolean;
  readonly multivalued: boolean;
  readonly mutability: Mutability;
  /** The object cannot be created without it. */
  readonly required: boolean;
  readonly defaultValue: string | null;
  /** The source gate of engine sheet 14. */
  readonly flowNullValues: boolean;
}

export interface SynchronizationRule {
  readonly id: string;
  readonly name: string;
  /** Lowest first. */
  readonly priority: number;
  readonly editable: boolean;
  readonly sourceDirectoryName: string;
  readonly targetDirectoryName: string;
  readonly objectMappings: readonly ObjectMapping[];
}

export const flowTypes = ['Add', 'Update', 'Delete'] as const;
export type FlowType = (typeof flowTypes)[number];

/** Engine sheet 9.3; `flowTypes` is one comma-separated string on the wire and a set here. */
export interface ObjectMapping {
  readonly enabled: boolean;
  readonly name: string;
  readonly flowTypes: readonly FlowType[];
  readonly sourceObjectName: string;
  readonly targetObjectName: string;
  readonly scope: Filter | null;
  readonly attributeMappings: readonly AttributeMapping[];
}

/** Engine sheet 7.2: clauses of a group AND, groups of a set OR, an empty set takes everyone. */
export interface Filter {
  /** Leaving these deprovisions. */
  readonly groups: readonly FilterGroup[];
  /** Read-time filters: leaving them does not deprovision. */
  readonly inputFilterGroups: readonly FilterGroup[];
  /** Whether the object belongs to this object mapping at all. */
  readonly categoryFilterGroups: readonly FilterGroup[];
}

export interface FilterGroup {
  readonly name: string;
  readonly clauses: readonly FilterClause[];
}

export interface FilterClause {
  readonly operatorName: string;
  readonly sourceOperandName: string;
  readonly targetOperand: { readonly values: readonly string[] };
}

export const attributeFlowTypes = [
  'Always',
  'ObjectAddOnly',
  'MultiValueAddOnly',
  'ValueAddOnly',
  'AttributeAddOnly',
] as const;
export type AttributeFlowType = (typeof attributeFlowTypes)[number];

/** Engine sheet 9.2. */
export interface AttributeMapping {
  readonly targetAttributeName: string;
  /** `null` is the kind None: the target is left alone, an empty one gets `defaultValue`. */
  readonly source: MappingSource | null;
  readonly defaultValue: string | null;
  readonly flowType: AttributeFlowType;
  readonly flowBehavior: 'FlowWhenChanged' | 'FlowAlways';
  /** 0: not a matching attribute; otherwise lower first. */
  readonly matchingPriority: number;
  /** The mapping gate of engine sheet 14. Its wire name is unverified; we read and write `flowNullValues`. */
  readonly flowNullValues: boolean;
}
