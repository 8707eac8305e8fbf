import { posix } from 'node:path';
import { runtimeError } from '../errors/raise.ts';
import type { ModuleInfo } from '../runtime/module-info.ts';
import type { Session } from '../runtime/session.ts';
import type { SessionState } from '../runtime/session-state.ts';
import type { Streams } from '../runtime/streams.ts';
import type { ScriptBlockAst, UsingStatement } from '../syntax/tree/index.ts';
import { importModule } from './import-module.ts';
import { ManifestProblem } from './manifest.ts';
import { isModulePath } from './module-path.ts';

/**
 * Does what the `using module` lines of a script ask for, before anything of it runs: imports each module into the
 * script's world. Paths begin at the script's own folder. Answers the modules, whose types the script sees.
 * Throws `Thrown` (`ModuleNotFoundDuringParse`) for one that cannot be imported.
 */
export function useModules(session: Session, ast: ScriptBlockAst, into: SessionState, streams: Streams): ModuleInfo[] {
  return ast.usings.flatMap((using) => {
    const name = using.what === 'module' ? moduleName(using) : undefined;
    if (name === undefined) return [];
    const { file } = ast.source;
    const isRelative = isModulePath(name) && !posix.isAbsolute(name) && file !== undefined;
    const path = isRelative ? posix.resolve(posix.dirname(file), name) : name;
    try {
      const module = importModule(session, { name: path }, { into, force: false, args: [], streams });
      return module === undefined ? [] : [module];
    } catch (error) {
      if (!(error instanceof ManifestProblem)) throw error;
      throw runtimeError('ModuleNotFoundDuringParse', `Could not find the module '${name}'.`, {
        type: 'System.Management.Automation.ParseException',
        category: 'ParserError',
      });
    }
  });
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
