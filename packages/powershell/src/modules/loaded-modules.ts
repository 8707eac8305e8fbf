import type { ModuleInfo } from '../runtime/module-info.ts';
import type { Session } from '../runtime/session.ts';
import type { SessionState } from '../runtime/session-state.ts';

/** Which modules each world imported, in order: what `Get-Module` lists. */
const imported = new WeakMap<SessionState, ModuleInfo[]>();

export function importedModules(state: SessionState): readonly ModuleInfo[] {
  return imported.get(state) ?? [];
}

export function addImported(session: Session, state: SessionState, module: ModuleInfo): void {
  const list = imported.get(state) ?? [];
  imported.set(state, [...list.filter((other) => other !== module), module]);
  session.modules.set(module.name.toLowerCase(), module);
}

/** Forgets a module in every world that imported it. */
export function forgetModule(session: Session, module: ModuleInfo): void {
  for (const state of allStates(session)) {
    const list = imported.get(state);
    if (list !== undefined)
      imported.set(
        state,
        list.filter((other) => other !== module),
      );
  }
  const folded = module.name.toLowerCase();
  if (session.modules.get(folded) === module) session.modules.delete(folded);
}

/** The global world and that of every loaded module. */
export function allStates(session: Session): SessionState[] {
  const states = [session.global];
  for (const module of session.modules.values()) if (module.state !== undefined) states.push(module.state);
  return states;
}

/** A loaded module of a file, or of a name where it was made without one. */
export function loadedModule(session: Session, path: string): ModuleInfo | undefined {
  for (const module of session.modules.values())
    if (module.path === path || module.manifestPath === path) return module;
  return undefined;
}
