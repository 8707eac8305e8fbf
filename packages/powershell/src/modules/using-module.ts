import { posix } from 'node:path';
import { scriptTypes } from '../classes/type-scope.ts';
import { runtimeError } from '../errors/raise.ts';
import type { Thrown } from '../errors/thrown.ts';
import type { ModuleInfo } from '../runtime/module-info.ts';
import { parseFailure } from '../runtime/parse-failure.ts';
import type { Session } from '../runtime/session.ts';
import type { SessionState } from '../runtime/session-state.ts';
import type { Streams } from '../runtime/streams.ts';
import type { ScriptBlockAst, UsingStatement } from '../syntax/tree/index.ts';
import { importModule } from './import-module.ts';
import { ManifestProblem } from './manifest.ts';
import { isModulePath } from './module-path.ts';

/**
 * Does what the `using module` lines of a script ask for, before anything of it runs: imports each module into the
 * script's world and lets the script see its types. Paths begin at the script's own folder.
 * Throws `Thrown` (`ModuleNotFoundDuringParse`) for one that cannot be imported.
 */
export function useModules(session: Session, ast: ScriptBlockAst, into: SessionState, streams: Streams): void {
  for (const using of ast.usings) {
    const name = using.what === 'module' ? moduleName(using) : undefined;
    if (name === undefined) continue;
    const { file } = ast.source;
    const isRelative = isModulePath(name) && !posix.isAbsolute(name) && file !== undefined;
    const path = isRelative ? posix.resolve(posix.dirname(file), name) : name;
    try {
      const module = importModule(session, { name: path }, { into, force: false, args: [], streams });
      if (module !== undefined) seeTypes(session, module, ast);
    } catch (error) {
      if (!(error instanceof ManifestProblem)) throw error;
      if (isModulePath(name)) throw noModuleFile(path);
      const message = `Could not find the module '${name}'.`;
      throw parseFailure(ast.source, [
        { id: 'ModuleNotFoundDuringParse', message, start: using.start, end: using.end },
      ]);
    }
  }
}

/** A path is taken for a module until it is imported. */
function noModuleFile(path: string): Thrown {
  const thrown = runtimeError(
    'Modules_ModuleNotFound',
    `The specified module '${path}' was not loaded because no valid module file was found in any module directory.`,
    { category: 'InvalidOperation' },
  );
  thrown.record.commandName = 'Microsoft.PowerShell.Commands.ImportModuleCommand';
  return thrown;
}

/** The types of a module's own script are known to a script that uses the module. */
function seeTypes(session: Session, module: ModuleInfo, { source }: ScriptBlockAst): void {
  if (module.source === undefined) return;
  const seen = scriptTypes(session, source);
  for (const [folded, type] of scriptTypes(session, module.source)) if (!seen.has(folded)) seen.set(folded, type);
}

/** The name of the line, or `ModuleName` of its table. */
function moduleName({ name, moduleSpecification }: UsingStatement): string | undefined {
  if (name !== undefined) return name.value;
  if (moduleSpecification?.kind !== 'hashtable') return undefined;
  for (const { key, value } of moduleSpecification.pairs) {
    if (key.kind !== 'string' || key.value.toLowerCase() !== 'modulename' || value.kind !== 'pipeline') continue;
    const [element] = value.elements;
    if (element?.kind === 'commandExpression' && element.expression.kind === 'string') return element.expression.value;
  }
  return undefined;
}
