import { readFileSync } from 'node:fs';
import type { TutorialMapping } from '@joinery/example-contoso';
import { packageAsset } from '@joinery/runtime';
import { parse } from 'yaml';

/** The walk-throughs, by the name of their folder in `assets`. */
export const walkThroughs = ['openldap-inetorgperson', 'openldap-posix', '389', 'adlds', 'active-directory'] as const;

export type WalkThroughName = (typeof walkThroughs)[number];

/** What an administrator keeps of one application. */
export interface WalkThrough {
  /** The text of the connector file; host, file and account names are samples. */
  readonly connectorFile: string;
  readonly mappings: readonly TutorialMapping[];
}

/** Reads a walk-through's files. */
export function walkThrough(name: WalkThroughName): WalkThrough {
  const read = (file: string): string =>
    readFileSync(packageAsset(import.meta.url, `../assets/${name}/${file}`), 'utf8');
  return { connectorFile: read('connector.yaml'), mappings: parseMappings(read('mappings.yaml')) };
}

/** A list of target, expression, `matching` (1 for what people are matched by) and `flow`. */
function parseMappings(text: string): readonly TutorialMapping[] {
  const list: unknown = parse(text);
  if (!Array.isArray(list)) throw new TypeError('mappings.yaml is not a list');
  return list.map((item: unknown) => {
    if (typeof item !== 'object' || item === null)
      throw new TypeError('mappings.yaml holds something that is no mapping');
    const { target, expression, matching = 0, flow = 'Always' }: Record<string, unknown> = { ...item };
    if (typeof target !== 'string' || typeof expression !== 'string' || typeof matching !== 'number') {
      throw new TypeError(`mappings.yaml: ${JSON.stringify(item)} is no mapping`);
    }
    if (flow !== 'Always' && flow !== 'ObjectAddOnly')
      throw new TypeError(`mappings.yaml: there is no flow ${String(flow)}`);
    return { target, expression, matchingPriority: matching, flowType: flow };
  });
}
