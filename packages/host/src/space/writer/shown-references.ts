import type { ReferenceDefinition } from './references.ts';

/** An object that a reference stands for. */
export interface Target {
  readonly id: string;
  /** SCIM resource type. */
  readonly type: string;
}

/** What callers see of one attribute's references. */
export interface ShownReferences {
  readonly definition: ReferenceDefinition;
  readonly targets: readonly Target[];
}

/**
 * References as members that follow a body without its last braces. Those of the extension stand in its block, which is the
 * body's last member, those of the core schema after it.
 * @returns the body's share, and the text that follows it up to the place of the last brace
 */
export function joinReferences<B extends string | Uint8Array>(
  body: B,
  shown: readonly ShownReferences[],
): { readonly body: B; readonly shown: string };
export function joinReferences(
  body: string | Uint8Array,
  shown: readonly ShownReferences[],
): { readonly body: string | Uint8Array; readonly shown: string } {
  let inBlock = '';
  let inCore = '';
  for (const { definition, targets } of shown) {
    if (targets.length === 0) continue;
    const member = `,${JSON.stringify(definition.steps.at(-1))}:${shownValue(definition, targets)}`;
    if (definition.steps.length > 1) inBlock += member;
    else inCore += member;
  }
  if (inBlock === '') return { body: withoutLast(body, 1), shown: inCore };
  const block = endsWithEmptyObject(body) ? inBlock.slice(1) : inBlock;
  return { body: withoutLast(body, 2), shown: `${block}}${inCore}` };
}

function shownValue({ list, form }: ReferenceDefinition, targets: readonly Target[]): string {
  const values = targets.map(({ id, type }) =>
    form === 'id' ? JSON.stringify(id) : `{"value":${JSON.stringify(id)},"type":${JSON.stringify(type)}}`,
  );
  return list ? `[${values.join(',')}]` : (values[0] ?? 'null');
}

function withoutLast(body: string | Uint8Array, count: number): string | Uint8Array {
  return typeof body === 'string' ? body.slice(0, -count) : body.subarray(0, body.length - count);
}

function endsWithEmptyObject(body: string | Uint8Array): boolean {
  return typeof body === 'string' ? body.endsWith('{}}') : body.at(-3) === 0x7b;
}
