import type { XmlNode } from './xml-node.ts';

/** A part of `version="1.0" encoding="utf-8"`; empty where it is not there. */
export function declared(node: XmlNode, part: string): string {
  return new RegExp(`(?:^|\\s)${part}\\s*=\\s*["']([^"']*)["']`).exec(node.value)?.[1] ?? '';
}

/** The content of an XML declaration of its parts. */
export function declarationOf(version: string, encoding: string, standalone: string): string {
  const parts = [`version="${version}"`];
  if (encoding !== '') parts.push(`encoding="${encoding}"`);
  if (standalone !== '') parts.push(`standalone="${standalone}"`);
  return parts.join(' ');
}
