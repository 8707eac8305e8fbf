import type { EvaluationContext, SourceAttributes } from '@joinery/expressions';
import type { ScimValue } from '@joinery/scim';
import type { CompiledAttributeMapping } from '../job/compiled.ts';
import { coerce } from './coerce.ts';

/** What a mapping yields for one object. */
export interface MappedAttribute {
  /** undefined: nothing flows. */
  readonly value: ScimValue | undefined;
  /** The default, in the target's type: for create, and for the kind None on an empty attribute. */
  readonly fallback: ScimValue | undefined;
  /** IgnoreFlowIfNullOrEmpty took the attribute out of the flow: neither default nor clearing applies. */
  readonly dropped: boolean;
  /** Never to be shown: wrapped in Redact, or written to an attribute that the target itself never shows. */
  readonly secret: boolean;
}

/**
 * Evaluates one mapping over the whole source object.
 * @throws the expression's problem, ENGINE_VALUE_INVALID, ENGINE_VALUE_LIST
 */
export function mapAttribute(
  mapping: CompiledAttributeMapping,
  attributes: SourceAttributes,
  context: EvaluationContext,
): MappedAttribute {
  const { source, definition } = mapping;
  const outcome = source?.evaluate(attributes, context);
  const fallback = mapping.defaultValue ?? definition.defaultValue;
  const dropped = outcome?.dropped ?? false;
  return {
    value: coerce(outcome?.value ?? null, definition),
    fallback: fallback === null || dropped ? undefined : coerce(fallback, definition),
    dropped,
    secret: definition.mutability === 'WriteOnly' || (outcome?.redacted ?? false),
  };
}
