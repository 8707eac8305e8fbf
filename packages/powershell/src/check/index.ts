export { type CheckOptions, check } from './check.ts';
export type { CheckReport, CoverageState, Finding, SyntaxFinding, UseKind } from './finding.ts';
