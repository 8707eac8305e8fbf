import type { ModuleInfo } from '../runtime/module-info.ts';
import { nowhere, type Output } from '../runtime/output.ts';
import type { Session } from '../runtime/session.ts';
import type { Streams } from '../runtime/streams.ts';
import { ScriptBlock } from '../values/script-block.ts';
import { allStates, forgetModule, importedModules } from './loaded-modules.ts';
import { removeMembers } from './members.ts';

/**
 * Takes a module out of every world: its `OnRemove` runs, its members go, and so do modules that only it imported.
 * @param out takes what `OnRemove` writes
 */
export function removeModule(session: Session, module: ModuleInfo, streams: Streams, out: Output = nowhere): void {
  const { onRemove, state } = module;
  if (onRemove instanceof ScriptBlock) {
    session.run(onRemove, { newScope: true, args: [module], out, streams });
  }
  for (const other of allStates(session)) if (other !== state) removeMembers(module, other.top);
  const nested = state === undefined ? [] : importedModules(state);
  forgetModule(session, module);
  for (const inner of nested) {
    const isElsewhere = allStates(session).some((other) => importedModules(other).includes(inner));
    if (!isElsewhere && session.modules.get(inner.name.toLowerCase()) === inner)
      removeModule(session, inner, streams, out);
  }
}
