/*
 * Builds what people install: for every room a folder dist/npm/<name> with JavaScript, type declarations, assets and a
 * package.json that points at them. Node refuses TypeScript below node_modules, so sources cannot be installed as they are.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeBundle } from './bundle-script-process.ts';
import { rooms } from './import-table.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = join(root, 'dist');
rmSync(out, { recursive: true, force: true });

run('check-imports', [join(root, 'tools/check-imports.ts')]);

const config = {
  extends: join(root, 'tsconfig.json'),
  compilerOptions: {
    noEmit: false,
    declaration: true,
    rewriteRelativeImportExtensions: true,
    rootDir: root,
    outDir: join(out, 'js'),
  },
  include: Object.values(rooms).map((folder) => join(root, folder, 'src/**/*.ts')),
  exclude: [],
};
mkdirSync(out, { recursive: true });
writeFileSync(join(out, 'tsconfig.json'), JSON.stringify(config));
run('tsc', [join(root, 'node_modules/typescript/bin/tsc'), '-p', join(out, 'tsconfig.json')]);

for (const [room, folder] of Object.entries(rooms)) {
  const target = join(out, 'npm', room);
  cpSync(join(out, 'js', folder, 'src'), join(target, 'src'), { recursive: true });
  for (const asset of ['migrations', 'assets', 'README.md']) {
    const from = join(root, folder, asset);
    if (existsSync(from)) cpSync(from, join(target, asset), { recursive: true });
  }
  cpSync(join(root, 'LICENSE'), join(target, 'LICENSE'));
  const manifest = readFileSync(join(root, folder, 'package.json'), 'utf8').replaceAll('.ts"', '.js"');
  writeFileSync(join(target, 'package.json'), manifest);
}

// A process that runs scripts is one file, of each room that has one.
for (const room of Object.keys(rooms)) {
  const entry = join(out, 'npm', room, 'src/script-process/main.js');
  if (!existsSync(entry)) continue;
  const bundled = join(out, 'script-process.js');
  await writeBundle(entry, bundled, 'esm');
  renameSync(bundled, entry);
}
console.log(`Built ${Object.keys(rooms).length} packages into dist/npm.`);

function run(what: string, args: string[]): void {
  const result = spawnSync(process.execPath, args, { stdio: 'inherit', cwd: root });
  if (result.status !== 0) {
    console.error(`build: ${what} failed`);
    process.exit(1);
  }
}
