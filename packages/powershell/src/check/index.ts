export type { Registration } from '../runtime/registration.ts';
export { check, referencedFiles } from './check.ts';
export type { CheckReport, CoverageState, Finding, SyntaxFinding, UseKind } from './finding.ts';
