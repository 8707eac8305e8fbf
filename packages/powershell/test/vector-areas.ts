import { readdirSync } from 'node:fs';

/** Every area of recorded vectors: the name of its file, without the extension. */
export const areas: readonly string[] = readdirSync(new URL('./fixtures/vectors/', import.meta.url)).map((name) =>
  name.replace(/\.json$/, ''),
);

export function isCmdletArea(area: string): boolean {
  return area.startsWith('cmdlets-') || area.startsWith('connector-') || area.startsWith('mapping-');
}

export function isTypeArea(area: string): boolean {
  return area.startsWith('types-') || area.startsWith('format-');
}

/** Recorded beyond the first set: corners that reviews asked PowerShell about. */
export function isCornerArea(area: string): boolean {
  return area.endsWith('-corners') || area === 'beyond';
}
