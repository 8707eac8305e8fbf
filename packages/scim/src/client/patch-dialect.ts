import { printJson } from '../json/print.ts';
import { PATCH_OP_URN } from '../schema/urns.ts';
import type { ScimDraft, ScimObject, ScimValue } from '../value.ts';

/**
 * How PATCH is spelt: `legacy` as Entra sends it by default, `compliant` as with `aadOptscim062020` (dialect sheet 2.1), and
 * `entraApi` as the SCIM API of Entra ID takes it: compliant, with removals as lists, in requests of its size (dialect sheet 9).
 */
export type PatchDialect = 'legacy' | 'compliant' | 'entraApi';

/** One change to send. `remove` with `elements` takes those out of a multi-valued attribute, by their `value`. */
export type PatchInstruction =
  | { readonly op: 'add' | 'replace'; readonly path: string; readonly value: ScimValue }
  | { readonly op: 'remove'; readonly path: string; readonly elements?: readonly string[] };

type Assignment = Extract<PatchInstruction, { value: ScimValue }>;

/** The body of a PATCH request in a dialect. */
export function printPatch(instructions: readonly PatchInstruction[], dialect: PatchDialect): string {
  const operations =
    dialect === 'legacy' ? instructions.map(legacyOperation) : compliantOperations(instructions, dialect);
  return printJson({ schemas: [PATCH_OP_URN], Operations: operations });
}

const capitals = { add: 'Add', replace: 'Replace', remove: 'Remove' } as const;

/** One operation per attribute, capital letters, booleans as text, members removed by a list of values. */
function legacyOperation(instruction: PatchInstruction): ScimObject {
  const { op, path } = instruction;
  if ('value' in instruction) return { op: capitals[op], path, value: legacyValue(instruction.value) };
  if (instruction.elements === undefined) return { op: capitals[op], path };
  return { op: capitals[op], path, value: instruction.elements.map((value) => ({ value })) };
}

function legacyValue(value: ScimValue): ScimValue {
  if (typeof value !== 'boolean') return value;
  return value ? 'True' : 'False';
}

/**
 * Operations with a filter in their path stay on their own and come first; of the others, several adds or several replaces
 * become one operation without a path, whose members are the paths.
 */
function compliantOperations(instructions: readonly PatchInstruction[], dialect: PatchDialect): readonly ScimObject[] {
  const separate: ScimObject[] = [];
  const mergeable: Record<Assignment['op'], Assignment[]> = { add: [], replace: [] };
  for (const instruction of instructions) {
    if (!('value' in instruction)) separate.push(...removal(instruction.path, instruction.elements, dialect));
    else if (instruction.path.includes('[')) separate.push(assignment(instruction));
    else mergeable[instruction.op].push(instruction);
  }
  return [...separate, ...merged(mergeable.add), ...merged(mergeable.replace)];
}

function removal(path: string, elements: readonly string[] | undefined, dialect: PatchDialect): readonly ScimObject[] {
  if (elements === undefined) return [{ op: 'remove', path }];
  if (dialect === 'entraApi') return [{ op: 'remove', path, value: elements.map((value) => ({ value })) }];
  return elements.map((value) => ({ op: 'remove', path: `${path}[value eq ${JSON.stringify(value)}]` }));
}

function merged(assignments: readonly Assignment[]): readonly ScimObject[] {
  const [first, second] = assignments;
  if (first === undefined) return [];
  const paths = new Set(assignments.map((each) => each.path.toLowerCase()));
  // The same path twice cannot be one object; the operations then keep their order.
  if (second === undefined || paths.size < assignments.length) return assignments.map(assignment);
  const value: ScimDraft = {};
  for (const each of assignments) value[each.path] = each.value;
  return [{ op: first.op, value }];
}

function assignment({ op, path, value }: Assignment): ScimObject {
  return { op, path, value };
}
