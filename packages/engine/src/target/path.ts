import { problem } from '@joinery/problems';
import { type FilterNode, parsePath } from '@joinery/scim';

/**
 * A target attribute name of a mapping, taken apart: `displayName`, `name.givenName`, `emails[type eq "work"].value`,
 * `urn:…:2.0:User:department` (engine sheet 13). Names are used as the mapping spells them.
 */
export interface TargetPath {
  /** As the mapping has it; also the path of a PATCH operation and of a filter. */
  readonly text: string;
  /** The URN of the extension whose object holds the attribute; undefined for core attributes. */
  readonly extension: string | undefined;
  readonly attribute: string;
  /** What an element of a multi-valued complex attribute must have: the `eq` clauses between the brackets. */
  readonly element: readonly ElementClause[] | undefined;
  readonly sub: string | undefined;
}

export interface ElementClause {
  readonly name: string;
  readonly value: string | boolean;
}

/**
 * Takes a target attribute name apart.
 * @throws ENGINE_TARGET_ATTRIBUTE_INVALID when it is no SCIM path, or its brackets hold anything but `eq` clauses joined by `and`
 */
export function parseTargetPath(text: string): TargetPath {
  const { attribute, filter, sub } = parsed(text);
  const [extension, local] = splitUrn(attribute);
  if (local === '') throw invalid(text, 'names a schema, not an attribute');
  if (filter !== undefined) {
    if (sub === undefined) throw invalid(text, 'names a whole element; add the sub-attribute to write, e.g. ".value"');
    return { text, extension, attribute: local, element: clauses(text, filter), sub };
  }
  const dot = local.indexOf('.');
  if (dot <= 0 || dot === local.length - 1) {
    return { text, extension, attribute: local, element: undefined, sub: undefined };
  }
  return { text, extension, attribute: local.slice(0, dot), element: undefined, sub: local.slice(dot + 1) };
}

function parsed(text: string) {
  try {
    return parsePath(text);
  } catch (cause) {
    throw problem('ENGINE_TARGET_ATTRIBUTE_INVALID', `The target attribute name "${text}" is not a SCIM path.`, {
      place: text,
      cause,
    });
  }
}

/**
 * The extension URN and the attribute's own name. A URN ends at its last colon (names of attributes hold none), and one
 * with `:core:` in it is the resource itself.
 */
function splitUrn(text: string): readonly [extension: string | undefined, attribute: string] {
  if (!/^urn:/i.test(text)) return [undefined, text];
  const colon = text.lastIndexOf(':');
  const urn = text.slice(0, colon);
  return [/:core:2\.0$|:core:2\.0:/i.test(urn) ? undefined : urn, text.slice(colon + 1)];
}

function clauses(text: string, filter: FilterNode): readonly ElementClause[] {
  if (filter.kind === 'and') return filter.operands.flatMap((operand) => clauses(text, operand));
  if (filter.kind !== 'compare' || filter.operator !== 'eq') {
    throw invalid(text, 'may hold only "eq" clauses joined by "and" between its brackets');
  }
  const word = filter.value.text.toLowerCase();
  // `roles[primary eq "True"]` is how the original spells a boolean clause (engine sheet 13).
  const boolean = filter.path.toLowerCase() === 'primary' && (word === 'true' || word === 'false');
  return [{ name: filter.path, value: boolean ? word === 'true' : filter.value.text }];
}

function invalid(text: string, what: string) {
  return problem('ENGINE_TARGET_ATTRIBUTE_INVALID', `The target attribute name "${text}" ${what}.`, { place: text });
}
