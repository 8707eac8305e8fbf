import type { ScriptBlockAst } from '../syntax/tree/index.ts';

/** True where a tree runs a command, script blocks inside of it aside. */
export function hasCommand(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(hasCommand);
  if (typeof node !== 'object' || node === null) return false;
  if ('kind' in node) {
    if (node.kind === 'command') return true;
    if (node.kind === ('scriptBlock' satisfies ScriptBlockAst['kind'])) return false;
  }
  return Object.values(node).some(hasCommand);
}
