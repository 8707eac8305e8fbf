import { problem } from '@joinery/problems';
import type { AttributePath } from '../schema/attribute-path.ts';
import type { CompiledSchema, ResourceType } from '../schema/resource-type.ts';
import { defaultScimLimits } from '../server/limits.ts';
import type { ApplyOptions, ResourceChange } from '../server/storage.ts';
import { isCleared, isObject, type ScimObject, type ScimValue } from '../value.ts';
import { ResourceDraft } from './draft.ts';
import { type PatchOperation, parsePatchMessage } from './message.ts';
import { planMultiValued } from './multi-valued.ts';
import type { PatchOutcome, ReferenceEdit } from './outcome.ts';
import { planSingleValued } from './single-valued.ts';
import type { PatchStep } from './step.ts';
import { type AttributeTarget, resolveTarget, targetOf } from './target.ts';

export interface PatchOptions {
  /** Operations of one body; 10,000 by default. */
  readonly maxOperations?: number;
  /** True takes a body that does not list the PatchOp schema (dialect sheet 13a.7); false by default. */
  readonly schemasOptional?: boolean;
}

/**
 * Reads a PATCH body in any of the dialects on the wire (dialect sheet 2). Everything that does not depend on the resource is
 * checked here: paths, types, mutability. The change applies all operations in order, or none.
 * @throws SCIM_BODY_SYNTAX, SCIM_BODY_LIMIT, SCIM_PATH_SYNTAX, SCIM_PATH_UNKNOWN, SCIM_MUTABILITY, SCIM_NO_TARGET,
 * SCIM_VALUE_INVALID, SCIM_FILTER_*
 */
export function parsePatch(
  body: ScimValue,
  type: ResourceType,
  { maxOperations = defaultScimLimits.patchOperations, schemasOptional = false }: PatchOptions = {},
): ResourceChange {
  const { profile } = type;
  const steps = parsePatchMessage(body, { maxOperations, schemasOptional, profile }).flatMap((operation) =>
    planOperation(operation, type),
  );
  return new PatchChange(type, steps);
}

class PatchChange implements ResourceChange {
  readonly kind = 'patch';
  readonly #type: ResourceType;
  readonly #steps: readonly PatchStep[];

  constructor(type: ResourceType, steps: readonly PatchStep[]) {
    this.#type = type;
    this.#steps = steps;
  }

  apply(current: ScimObject, { detached }: ApplyOptions = {}): PatchOutcome {
    const draft = new ResourceDraft(current, this.#type);
    for (const step of this.#steps) if (detached?.has(step.path) !== true) step.run(draft);
    return draft.finish();
  }

  referenceEdits(path: AttributePath): readonly ReferenceEdit[] | undefined {
    const edits: ReferenceEdit[] = [];
    for (const step of this.#steps) {
      if (step.path !== path) continue;
      if (step.edit === undefined) return undefined;
      edits.push(step.edit);
    }
    return edits;
  }
}

function planOperation(operation: PatchOperation, type: ResourceType): readonly PatchStep[] {
  if (operation.path === undefined) return planPathless(operation, type);
  if (operation.op !== 'remove' && operation.value === undefined) {
    throw problem('SCIM_VALUE_INVALID', `The operation ${operation.op} has no value.`, { place: operation.path });
  }
  if (type.profile === 'strict' && operation.op === 'remove' && operation.value !== undefined) {
    // Ignoring it, as RFC 7644 3.5.2.2 might be read, would empty a group of whom one member is to go.
    throw problem('SCIM_VALUE_INVALID', 'A remove operation takes no value.', { place: operation.path });
  }
  const target = resolveTarget(operation.path, type);
  if (target.kind === 'resource') return planPathless(operation, type);
  return target.kind === 'extension'
    ? planExtension(operation, target.schema, type)
    : [planAttribute(operation, target)];
}

/** Without a path, each member of the value is an operation of its own, its name the path (RFC 7644 3.5.2.1). */
function planPathless(operation: PatchOperation, type: ResourceType): readonly PatchStep[] {
  if (operation.op === 'remove') {
    throw problem('SCIM_NO_TARGET', 'A remove operation needs a path.', { place: 'Operations' });
  }
  if (!isObject(operation.value)) {
    throw problem('SCIM_VALUE_INVALID', 'An operation without a path takes an object as its value.', {
      place: 'Operations',
    });
  }
  return Object.entries(operation.value).flatMap(([name, value]): readonly PatchStep[] => {
    // A client that sends the whole resource back means its attributes, not these (RFC 7644 3.5.1 on readOnly).
    if (/^(?:schemas|id|meta)$/i.test(name)) return [];
    if (type.profile === 'strict') checkPlainName(name, type);
    const target = resolveTarget(name, type);
    const inner: PatchOperation = { op: operation.op, path: name, value };
    if (target.kind === 'resource') return planPathless(inner, type);
    return target.kind === 'extension' ? planExtension(inner, target.schema, type) : [planAttribute(inner, target)];
  });
}

/** RFC 7644 3.5.2.1: the members of the value are attributes as in a resource; paths are Entra's. @throws SCIM_PATH_SYNTAX */
function checkPlainName(name: string, type: ResourceType): void {
  if (type.schemaOf(name) !== undefined || !/[.:[]/.test(name)) return;
  throw problem(
    'SCIM_PATH_SYNTAX',
    `Without a path, the value holds attributes, not the path '${name.slice(0, 200)}'.`,
    {
      place: 'Operations',
    },
  );
}

/** The URN of an extension as the path: its attributes one by one. */
function planExtension(
  { op, value }: PatchOperation,
  schema: CompiledSchema,
  type: ResourceType,
): readonly PatchStep[] {
  if (op === 'remove' || isCleared(value) || value === '') {
    return schema.attributes
      .filter((path) => path.attribute.mutability !== 'readOnly')
      .map((path) => planAttribute({ op: 'remove', path: path.text, value: undefined }, targetOf(path, type)));
  }
  if (!isObject(value)) {
    throw problem('SCIM_VALUE_INVALID', 'An extension takes an object with its attributes.', { place: schema.urn });
  }
  return Object.entries(value).map(([name, each]) => {
    const path = schema.find(name);
    if (path === undefined) {
      throw problem('SCIM_PATH_UNKNOWN', `The extension has no attribute '${name}'.`, { place: schema.urn });
    }
    return planAttribute({ op, path: path.text, value: each }, targetOf(path, type));
  });
}

function planAttribute(operation: PatchOperation, target: AttributeTarget): PatchStep {
  return target.path.attribute.multiValued ? planMultiValued(operation, target) : planSingleValued(operation, target);
}
