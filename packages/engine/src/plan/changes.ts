import type { EvaluationContext, SourceAttributes } from '@joinery/expressions';
import { isList, type PatchInstruction, type ScimObject, type ScimValue } from '@joinery/scim';
import type { CompiledAttributeMapping } from '../job/compiled.ts';
import { mapAttribute } from '../map/attribute.ts';
import { missingValues, sameTargetValue } from '../map/same.ts';
import { readTarget } from '../target/read.ts';
import { logged } from './redact.ts';
import type { ModifiedProperty } from './step.ts';

/** The smallest set of changes that brings an object to its mapped values, and what was held back. */
export interface Changes {
  readonly instructions: readonly PatchInstruction[];
  readonly modifiedProperties: readonly ModifiedProperty[];
  /** Target attributes whose mapped value differs but which may never change on an existing object. */
  readonly heldBack: readonly HeldBack[];
  readonly secrets: readonly string[];
}

export interface HeldBack {
  readonly attribute: string;
  readonly anchor: boolean;
  readonly property: ModifiedProperty;
}

/**
 * Compares mapped values with the target's current ones (engine sheet 13) under the flow types (9.2) and null gates (14).
 * @throws what a mapping's evaluation and coercion throw
 */
export function changesFor(
  mappings: readonly CompiledAttributeMapping[],
  attributes: SourceAttributes,
  context: EvaluationContext,
  resource: ScimObject,
): Changes {
  const instructions: PatchInstruction[] = [];
  const modifiedProperties: ModifiedProperty[] = [];
  const heldBack: HeldBack[] = [];
  const secrets: string[] = [];
  for (const mapping of mappings) {
    if (!flowsOnUpdate(mapping)) continue;
    const current = readTarget(resource, mapping.path);
    const mapped = mapAttribute(mapping, attributes, context);
    if (mapped.dropped) continue;
    const { secret } = mapped;
    // The kind None fills an empty attribute, on update too; every other default is for create (engine sheet 9.2, contradiction 1).
    const value = mapping.source === null && current === undefined ? mapped.fallback : mapped.value;
    const instruction = instructionFor(mapping, value, current);
    if (instruction === undefined) continue;
    const property = {
      displayName: mapping.path.text,
      oldValue: logged(current, secret),
      newValue: logged(value, secret),
    };
    if (mapping.fixed && (current !== undefined || mapping.definition.anchor)) {
      heldBack.push({ attribute: mapping.path.text, anchor: mapping.definition.anchor, property });
      continue;
    }
    instructions.push(instruction);
    modifiedProperties.push(property);
    if (secret && typeof value === 'string') secrets.push(value);
  }
  return { instructions, modifiedProperties, heldBack, secrets };
}

function flowsOnUpdate(mapping: CompiledAttributeMapping): boolean {
  // What the target never shows cannot be compared; sent on every update it would reset passwords. It flows on create only.
  return mapping.flowType !== 'ObjectAddOnly' && mapping.definition.mutability !== 'WriteOnly';
}

function instructionFor(
  mapping: CompiledAttributeMapping,
  value: ScimValue | undefined,
  current: ScimValue | undefined,
): PatchInstruction | undefined {
  const { path, definition, flowType } = mapping;
  if (value === undefined || (value === '' && mapping.clearsOnNull)) {
    const clears = mapping.clearsOnNull && flowType === 'Always' && current !== undefined;
    return clears ? { op: 'remove', path: path.text } : undefined;
  }
  if (sameTargetValue(definition, value, current)) return undefined;
  if (current === undefined) return { op: 'add', path: path.text, value };
  if (flowType === 'AttributeAddOnly') return undefined;
  const additive = flowType === 'MultiValueAddOnly' || (mapping.source?.additive ?? false);
  const addsOnly = flowType === 'ValueAddOnly' || (additive && definition.multivalued);
  if (!addsOnly) return { op: 'replace', path: path.text, value };
  if (!definition.multivalued || !isList(value)) return undefined;
  const missing = missingValues(definition, value, current);
  return missing.length === 0 ? undefined : { op: 'add', path: path.text, value: missing };
}
