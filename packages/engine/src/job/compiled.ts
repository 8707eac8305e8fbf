import type { CompiledExpression } from '@joinery/expressions';
import type { CompiledScope } from '../scope/filter.ts';
import type { TargetPath } from '../target/path.ts';
import type { AttributeDefinition, AttributeFlowType } from './schema.ts';

/** A synchronization schema made ready to run: every expression, path, pattern and filter parsed once. */
export interface CompiledJob {
  /** Enabled object mappings of every rule, by the rules' priority. */
  readonly objectMappings: readonly CompiledObjectMapping[];
}

export interface CompiledObjectMapping {
  readonly ruleId: string;
  readonly name: string;
  readonly sourceObjectName: string;
  readonly targetObjectName: string;
  readonly source: SystemName;
  readonly target: SystemName;
  /** SCIM endpoint of the target objects, e.g. `/Users`. */
  readonly endpoint: string;
  /** URN of the resource's core schema. */
  readonly coreSchema: string;
  /** The three check boxes of engine sheet 10. */
  readonly flows: { readonly add: boolean; readonly update: boolean; readonly delete: boolean };
  readonly scope: CompiledScope;
  readonly attributes: readonly CompiledAttributeMapping[];
  /** The matching mappings, lowest priority number first; at least one. */
  readonly matching: readonly CompiledAttributeMapping[];
  /** Some mapping reads IsSoftDeleted, so leaving scope can be told to the target. */
  readonly canDisable: boolean;
}

export interface SystemName {
  readonly id: string;
  readonly name: string;
}

export interface CompiledAttributeMapping {
  readonly path: TargetPath;
  /** The target attribute. */
  readonly definition: AttributeDefinition;
  /** null: the kind None. */
  readonly source: CompiledExpression | null;
  readonly defaultValue: string | null;
  readonly flowType: AttributeFlowType;
  readonly readsIsSoftDeleted: boolean;
  /** Both gates of engine sheet 14 are open: a null clears the target's value. */
  readonly clearsOnNull: boolean;
  /** Anchor or immutable: never changed on an object that has a value. */
  readonly fixed: boolean;
}
