import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** The rooms of the house and what each may import; anything not listed is a wall. */
export const importTable: Readonly<Record<string, readonly string[]>> = {
  problems: [],
  regex: [],
  runtime: ['problems'],
  store: ['runtime', 'problems'],
  scim: ['runtime', 'problems'],
  expressions: ['regex', 'runtime', 'problems'],
  powershell: ['regex', 'runtime', 'problems'],
  connector: ['scim', 'runtime', 'problems'],
  'connector-csv': ['connector', 'scim', 'runtime', 'problems'],
  'connector-ldap': ['connector', 'scim', 'runtime', 'problems'],
  'connector-powershell': ['connector', 'scim', 'powershell', 'runtime', 'problems'],
  host: ['connector', 'connector-csv', 'scim', 'runtime', 'problems'],
  engine: ['scim', 'expressions', 'store', 'runtime', 'problems'],
  directory: ['scim', 'store', 'runtime', 'problems'],
  service: ['engine', 'directory', 'expressions', 'scim', 'store', 'runtime', 'problems'],
  'example-contoso': ['*'],
  'example-host-target': ['*'],
  'example-ldap': ['*'],
  'example-scim-target': ['*'],
  cli: ['*'],
};

/** Folder of each room from the repository's root. */
export const rooms: Readonly<Record<string, string>> = {
  problems: 'packages/problems',
  regex: 'packages/regex',
  runtime: 'packages/runtime',
  store: 'packages/store',
  scim: 'packages/scim',
  expressions: 'packages/expressions',
  powershell: 'packages/powershell',
  connector: 'packages/connector',
  'connector-csv': 'packages/connectors/csv',
  'connector-ldap': 'packages/connectors/ldap',
  'connector-powershell': 'packages/connectors/powershell',
  host: 'packages/host',
  engine: 'packages/engine',
  directory: 'packages/directory',
  service: 'packages/service',
  'example-contoso': 'examples/contoso',
  'example-host-target': 'examples/host-target',
  'example-ldap': 'examples/ldap',
  'example-scim-target': 'examples/scim-target',
  cli: 'packages/cli',
};

export interface ImportBreach {
  readonly file: string;
  readonly line: number;
  readonly specifier: string;
  readonly reason: string;
}

/** Statements that import or export from a module, and calls of `import()`; words of a text that speaks of imports are none. */
const importPattern =
  /(?:^\s*(?:import|export)\b[^'"`;]*?\bfrom\s+|^\s*import\s+|(?<![.\w'"])import\(\s*)['"]([^'"\n]+)['"]/gm;

/**
 * Checks every source file of a repository against the table: workspace imports, relative imports that leave the room,
 * and package imports that the room's `package.json` does not declare.
 * @param root the repository's root folder
 */
export function findImportBreaches(root: string): ImportBreach[] {
  const breaches: ImportBreach[] = [];
  for (const [room, folder] of Object.entries(rooms)) {
    const allowed = importTable[room] ?? [];
    const declared = declaredDependencies(join(root, folder, 'package.json'));
    for (const file of globSync(`${folder}/src/**/*.ts`, { cwd: root })) {
      const text = readFileSync(join(root, file), 'utf8');
      for (const match of text.matchAll(importPattern)) {
        const specifier = match[1] ?? '';
        const reason = breach(specifier, room, folder, join(root, file), root, allowed, declared);
        if (reason !== undefined) {
          const line = text.slice(0, match.index).split('\n').length;
          breaches.push({ file, line, specifier, reason });
        }
      }
    }
  }
  return breaches;
}

function breach(
  specifier: string,
  room: string,
  folder: string,
  file: string,
  root: string,
  allowed: readonly string[],
  declared: ReadonlySet<string>,
): string | undefined {
  if (specifier.startsWith('node:')) return undefined;
  if (specifier.startsWith('.')) {
    const target = relative(root, resolve(dirname(file), specifier));
    return target.startsWith(`${folder}/`) ? undefined : `a relative import leaves the room ${room}`;
  }
  const workspace = /^@joinery\/([^/]+)/.exec(specifier)?.[1];
  if (workspace !== undefined && !allowed.includes('*') && !allowed.includes(workspace)) {
    return `${room} may not import ${workspace}`;
  }
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  return declared.has(name) ? undefined : `${name} is not a dependency in ${folder}/package.json`;
}

function declaredDependencies(file: string): Set<string> {
  const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const names = new Set<string>();
  if (typeof manifest !== 'object' || manifest === null) return names;
  if ('name' in manifest && typeof manifest.name === 'string') names.add(manifest.name);
  for (const key of ['dependencies', 'peerDependencies', 'optionalDependencies', 'imports'] as const) {
    const section: unknown = Reflect.get(manifest, key);
    if (typeof section === 'object' && section !== null) for (const name of Object.keys(section)) names.add(name);
  }
  return names;
}
