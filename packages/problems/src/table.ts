import { cliProblems } from './table/cli.ts';
import { connectorProblems } from './table/connector.ts';
import { csvProblems } from './table/csv.ts';
import { directoryProblems } from './table/directory.ts';
import { engineProblems } from './table/engine.ts';
import { expressionsProblems } from './table/expressions.ts';
import { hostProblems } from './table/host.ts';
import { ldapProblems } from './table/ldap.ts';
import { powershellProblems } from './table/powershell.ts';
import { runtimeProblems } from './table/runtime.ts';
import { scimProblems } from './table/scim.ts';
import { serviceProblems } from './table/service.ts';
import { storeProblems } from './table/store.ts';

/** Every error code of the product. One file per room; the code's first word names the room. */
export const problemTable = {
  ...runtimeProblems,
  ...storeProblems,
  ...scimProblems,
  ...expressionsProblems,
  ...powershellProblems,
  ...connectorProblems,
  ...csvProblems,
  ...ldapProblems,
  ...hostProblems,
  ...directoryProblems,
  ...engineProblems,
  ...serviceProblems,
  ...cliProblems,
} as const;

export type ProblemCode = keyof typeof problemTable;
