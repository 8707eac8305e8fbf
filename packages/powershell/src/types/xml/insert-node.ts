import { netFailure } from '../../errors/raise.ts';
import type { Value } from '../../values/value.ts';
import { selfNode } from './xml-adapter.ts';
import { wrongChild } from './xml-failure.ts';
import type { XmlNode } from './xml-node.ts';

/**
 * Puts a node in before another or at the end, with the checks of .NET.
 * Throws `NetFailure` (ArgumentException, InvalidOperationException).
 */
export function insertNode(parent: XmlNode, child: XmlNode, at: number): XmlNode {
  for (let node: XmlNode | undefined = parent; node !== undefined; node = node.parent) {
    // What holds nothing is above nothing.
    if (node !== child && child.children.length === 0) break;
    if (node === child) {
      throw netFailure(
        'System.ArgumentException',
        'Cannot insert a node or any ancestor of that node as a child of itself.',
      );
    }
  }
  if (child.owner !== undefined && child.owner !== documentOf(parent)) {
    throw netFailure('System.ArgumentException', 'The node to be inserted is from a different document context.');
  }
  const added = child.kind === 'fragment' ? child.children : [child];
  for (const one of added) checkKind(parent, one);
  parent.insert(at, child);
  return child;
}

export function documentOf(node: XmlNode): XmlNode | undefined {
  return node.kind === 'document' ? node : node.owner;
}

function checkKind(parent: XmlNode, child: XmlNode): void {
  const isTop = parent.kind === 'document';
  const isContainer = isTop || parent.kind === 'element' || parent.kind === 'fragment';
  if (!isContainer || child.kind === 'attribute' || child.kind === 'document') throw wrongChild();
  if (!isTop) {
    if (child.kind === 'declaration' && parent.kind === 'element') throw wrongChild();
    return;
  }
  if (child.kind === 'text' || child.kind === 'cdata') throw wrongChild();
  const root = parent.documentElement;
  if (child.kind === 'element' && root !== undefined && root !== child) {
    throw netFailure('System.InvalidOperationException', "This document already has a 'DocumentElement' node.");
  }
}

export function nodeArgument(value: Value): XmlNode {
  if (value === null || value === undefined) {
    throw netFailure('System.NullReferenceException', 'Object reference not set to an instance of an object.');
  }
  return selfNode(value);
}

/** `InsertBefore` (offset 0) and `InsertAfter` (offset 1). */
export function insertBeside(parent: XmlNode, added: Value, beside: Value, offset: 0 | 1): XmlNode {
  const child = nodeArgument(added);
  if (beside === null || beside === undefined) {
    return insertNode(parent, child, offset === 0 ? parent.children.length : 0);
  }
  const reference = selfNode(beside);
  if (reference.parent !== parent || reference.kind === 'attribute') {
    throw netFailure('System.ArgumentException', 'The reference node is not a child of this node.');
  }
  return reference === child ? child : insertNode(parent, child, reference.place + offset);
}

export function removeChild(parent: XmlNode, child: XmlNode): XmlNode {
  if (child.parent !== parent || child.kind === 'attribute') {
    throw netFailure('System.ArgumentException', 'The node to be removed is not a child of this node.');
  }
  child.remove();
  return child;
}
