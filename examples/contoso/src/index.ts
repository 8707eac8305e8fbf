export { type DemoOptions, type DemoOutcome, openGraph, runDemo } from './demo.ts';
export type { DemoFolder } from './demo-folder.ts';
export { type Graph, type GraphObject, objectOf, textOf } from './graph.ts';
export type { TutorialMapping } from './mappings.ts';
export { contosoPeople, type Person } from './people.ts';
export type { DemoReporter } from './reporter.ts';
export {
  type Application,
  assignPeople,
  ensureApplication,
  ensurePeople,
  type ObjectIds,
  saveCredentials,
  saveMappings,
  unassign,
} from './setup.ts';
export type { DemoTarget } from './target.ts';
