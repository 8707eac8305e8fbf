import { posix } from 'node:path';
import { ScriptFileCommand } from '../runtime/command.ts';
import { ModuleInfo } from '../runtime/module-info.ts';
import { nowhere, type Output } from '../runtime/output.ts';
import type { Session } from '../runtime/session.ts';
import { SessionState } from '../runtime/session-state.ts';
import type { Streams } from '../runtime/streams.ts';
import { Variable } from '../runtime/variable.ts';
import { ScriptBlock } from '../values/script-block.ts';
import type { Value } from '../values/value.ts';
import { ExecutionContext } from './execution-context.ts';
import { exportByDefault } from './members.ts';
import { prepareScript } from './prepare-script.ts';
import { readScriptFile } from './script-file.ts';

export interface ModuleRun {
  readonly args: readonly Value[];
  readonly streams: Streams;
  /** What the body writes; nowhere where left out. */
  readonly out?: Output;
}

/** A module with a world of its own, whose code sees global variables, and nothing in it yet. */
export function newModule(session: Session, name: string, path: string): ModuleInfo {
  const module = new ModuleInfo(name, path, path === '' ? session.location : posix.dirname(path));
  module.state = new SessionState(module, session.global.top);
  const context = new Variable('ExecutionContext', new ExecutionContext(module.state));
  context.constant = true;
  module.state.top.add(context);
  return module;
}

/** Loads a `.psm1`: its body runs in the module's own world. Throws what the body throws. */
export function runModuleFile(session: Session, name: string, path: string, run: ModuleRun): ModuleInfo {
  const module = newModule(session, name, path);
  runBody(session, module, (state) => readScriptFile(session, path, state), run);
  return module;
}

/** Runs a block as the body of a module; then it is known what the module exports. */
export function runBody(
  session: Session,
  module: ModuleInfo,
  bodyOf: (state: SessionState) => ScriptBlock,
  { args, streams, out = nowhere }: ModuleRun,
): void {
  const { state, path } = module;
  if (state === undefined) throw new Error('a module that runs has a world');
  const body = bodyOf(state);
  module.definition = body.text;
  module.source = body.ast.source;
  prepareScript(session, body.ast, state, streams);
  const command = path === '' ? undefined : new ScriptFileCommand(posix.basename(path), path, body);
  session.run(body, { newScope: false, args, out, streams, ...(command === undefined ? {} : { command }) });
  exportByDefault(module);
}

/** The same block, made in another world: what `New-Module` and `NewBoundScriptBlock` do. */
export function inState(block: ScriptBlock, state: SessionState): ScriptBlock {
  return new ScriptBlock(block.ast, block.text, { state, isFilter: block.isFilter });
}
