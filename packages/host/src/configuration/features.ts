import { problem } from '@joinery/problems';
import type { YamlMap } from './yaml-file.ts';

/**
 * What this host can do beyond the original (host sheet 10.1). A configuration that was taken over has none of it, so that its
 * callers meet what they know; a new one has all.
 */
export const FEATURES = ['objectTypes', 'groups', 'references', 'compoundAnchors', 'renames', 'bulk'] as const;

export type Feature = (typeof FEATURES)[number];

/** Reads `features`: a list of names; all when it is absent. @throws HOST_CONFIGURATION_INVALID */
export function readFeatures(root: YamlMap): ReadonlySet<Feature> {
  const names = root.texts('features');
  if (names === undefined) return new Set(FEATURES);
  const features = new Set<Feature>();
  for (const name of names) {
    const feature = FEATURES.find((known) => known === name);
    if (feature === undefined) {
      throw root.fault('features', `There is no feature "${name}"; there are ${FEATURES.join(', ')}.`);
    }
    features.add(feature);
  }
  return features;
}

/** The list as it is written; undefined when every feature is on. */
export function writeFeatures(features: ReadonlySet<Feature>): Feature[] | undefined {
  return FEATURES.every((feature) => features.has(feature)) ? undefined : FEATURES.filter((each) => features.has(each));
}

/** @throws HOST_CONFIGURATION_INVALID with the name of what to switch on */
export function requireFeature(features: ReadonlySet<Feature>, feature: Feature, wanted: string, place: string): void {
  if (features.has(feature)) return;
  throw problem('HOST_CONFIGURATION_INVALID', `${wanted} needs "${feature}" among the features of this connector.`, {
    place,
  });
}
