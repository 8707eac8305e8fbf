export { type DemoOptions, type DemoOutcome, runDemo } from './demo.ts';
export type { DemoFolder } from './demo-folder.ts';
export type { DemoReporter } from './reporter.ts';
