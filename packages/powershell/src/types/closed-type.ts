import { NetType } from './net-type.ts';

interface Closed {
  readonly next: Map<NetType, Closed>;
  type: NetType | undefined;
}

const closed = new WeakMap<NetType, Closed>();

/** The type that a generic definition becomes with these arguments: one object each, so that types compare by identity. */
export function closeType(definition: NetType, typeArguments: readonly NetType[]): NetType {
  let root = closed.get(definition);
  if (root === undefined) {
    root = { next: new Map(), type: undefined };
    closed.set(definition, root);
  }
  let node: Closed = root;
  for (const argument of typeArguments) {
    let next: Closed | undefined = node.next.get(argument);
    if (next === undefined) {
      next = { next: new Map(), type: undefined };
      node.next.set(argument, next);
    }
    node = next;
  }
  node.type ??= new NetType(definition.name, {
    typeArguments,
    definition,
    names: definition.names,
  });
  return node.type;
}
