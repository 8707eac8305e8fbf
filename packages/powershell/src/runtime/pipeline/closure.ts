import { randomUUID } from 'node:crypto';
import { ScriptBlock } from '../../values/script-block.ts';
import { ModuleInfo } from '../module-info.ts';
import type { Session } from '../session.ts';
import { SessionState } from '../session-state.ts';
import { Variable } from '../variable.ts';

/** `GetNewClosure`: the block with a module of its own that has a copy of the current scope's variables. */
export function newClosure(session: Session, block: ScriptBlock): ScriptBlock {
  const module = new ModuleInfo(`__DynamicModule_${randomUUID()}`, '', '');
  const state = new SessionState(module, session.global.top);
  module.state = state;
  const { scope } = session.frame;
  if (scope.state !== session.global && scope !== scope.state.top) copyVariables(scope.state.top.variables(), state);
  copyVariables(scope.variables(), state);
  return new ScriptBlock(block.ast, block.text, { state, isFilter: block.isFilter });
}

function copyVariables(variables: Iterable<Variable>, { top }: SessionState): void {
  for (const variable of variables) {
    if (variable.readOnly || variable.constant || variable.allScope || variable.private) continue;
    const copy = new Variable(variable.name, variable.value);
    copy.check = variable.check;
    top.add(copy);
  }
}
