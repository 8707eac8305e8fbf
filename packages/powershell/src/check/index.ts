export { type CheckOptions, check, referencedFiles } from './check.ts';
export type { CheckReport, CoverageState, Finding, SyntaxFinding, UseKind } from './finding.ts';
