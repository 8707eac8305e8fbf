import type { CallArgument } from '../../binding/parameter.ts';
import { baseOf } from '../../conversion/base.ts';
import { InvocationInfo } from '../../errors/invocation-info.ts';
import { placedAt } from '../../errors/place-error.ts';
import { runtimeError } from '../../errors/raise.ts';
import { prepareScript } from '../../modules/prepare-script.ts';
import type { CommandAst } from '../../syntax/tree/index.ts';
import { ScriptBlock } from '../../values/script-block.ts';
import type { Value } from '../../values/value.ts';
import { AliasCommand, CmdletCommand, FunctionCommand, ScriptFileCommand } from '../command.ts';
import type { Frame } from '../frame.ts';
import { ModuleInfo } from '../module-info.ts';
import type { Output } from '../output.ts';
import type { Streams } from '../streams.ts';
import { CmdletStage } from './cmdlet-stage.ts';
import { commandNotFound, notACommand } from './command-not-found.ts';
import { findCommandFrom } from './find-command.ts';
import { ScriptStage } from './script-stage.ts';
import type { Stage } from './stage.ts';

/** A command with its words evaluated, not yet looked up. */
export interface PendingCommand {
  readonly ast: CommandAst;
  /** A name, a script block, a `CommandInfo`, a module. */
  readonly head: Value;
  /** The head as written, where `head` is what was found for it. */
  readonly written?: Value;
  readonly args: readonly CallArgument[];
}

/** Where a command stands in its pipeline. */
export interface CommandPlace {
  readonly out: Output;
  readonly streams: Streams;
  readonly expectsInput: boolean;
  readonly length: number;
  /** From 1. */
  readonly position: number;
}

export type Runnable = FunctionCommand | CmdletCommand | ScriptFileCommand | ScriptBlock;

/** Looks the command up and makes it a stage. Throws `Thrown` (`CommandNotFoundException`). */
export function openCommand(frame: Frame, pending: PendingCommand, place: CommandPlace): Stage {
  const head = baseOf(pending.head);
  if (head instanceof ModuleInfo) return openInModule(frame, head, pending, place);
  return openRunnable(frame, runnableOf(frame, head, pending.ast), pending, place);
}

/** What a head means: names are looked up, script blocks and command objects are themselves. */
export function runnableOf(frame: Frame, head: Value, ast: CommandAst): Runnable {
  if (head instanceof ScriptBlock || head instanceof FunctionCommand) return head;
  if (head instanceof CmdletCommand || head instanceof ScriptFileCommand) return head;
  const name = head instanceof AliasCommand ? head.name : head;
  if (typeof name === 'string' && name !== '') {
    const found = findCommandFrom(frame.session, name, frame.scope);
    if (found === undefined || found instanceof AliasCommand) throw commandNotFound(frame, name, ast);
    return found;
  }
  if (head === null || head === '') throw notACommand(frame, ast);
  const text = frame.session.text(head);
  const found = findCommandFrom(frame.session, text, frame.scope);
  if (found === undefined || found instanceof AliasCommand) throw commandNotFound(frame, text, ast);
  return found;
}

/** `& $module { … }`: the next word runs in the module's world. */
function openInModule(frame: Frame, module: ModuleInfo, pending: PendingCommand, place: CommandPlace): Stage {
  const [first, ...rest] = pending.args;
  const target = first?.kind === 'positional' ? baseOf(first.value) : null;
  const { state } = module;
  if (state === undefined) throw notACommand(frame, pending.ast);
  const block =
    target instanceof ScriptBlock
      ? new ScriptBlock(target.ast, target.text, { state, isFilter: target.isFilter })
      : undefined;
  if (block !== undefined) return openRunnable(frame, block, { ...pending, args: rest }, place);
  const name = target === null ? '' : frame.session.text(target);
  const found = findCommandFrom(frame.session, name, state.top);
  if (found === undefined || found instanceof AliasCommand) throw commandNotFound(frame, name, pending.ast);
  return openRunnable(frame, found, { ...pending, args: rest }, place);
}

function openRunnable(frame: Frame, command: Runnable, pending: PendingCommand, place: CommandPlace): Stage {
  const { ast, args } = pending;
  const name = pending.written ?? pending.head;
  const { out, streams, expectsInput, length, position } = place;
  const isBlock = command instanceof ScriptBlock;
  const invocation = new InvocationInfo(frame.source, ast.start, ast.end, {
    command: isBlock ? undefined : command,
    invocationName:
      ast.invocation === 'dot' ? '.' : ast.invocation === 'call' ? '&' : typeof name === 'string' ? name : '',
    pipelineLength: length,
    pipelinePosition: position,
    expectingInput: expectsInput,
  });
  const common = { session: frame.session, caller: frame, invocation, args, out, streams, expectsInput };
  if (command instanceof CmdletCommand) {
    return new CmdletStage({ ...common, errorName: command.cmdlet.typeName }, command);
  }
  const newScope = ast.invocation !== 'dot';
  if (isBlock) {
    return new ScriptStage({ ...common, errorName: '' }, command, {
      newScope,
      isScriptFile: false,
      name: '<ScriptBlock>',
    });
  }
  const isScriptFile = command instanceof ScriptFileCommand;
  if (isScriptFile) {
    const { block } = command;
    placedAt(pending.ast.elements[0] ?? ast, frame, () =>
      prepareScript(frame.session, block.ast, frame.scope.state, streams),
    );
  }
  return new ScriptStage({ ...common, errorName: command.name }, command.block, {
    newScope,
    isScriptFile,
    name: isScriptFile ? '<ScriptBlock>' : command.name,
  });
}

/** A pipeline that would run beside the script, which this engine does not do. */
export function backgroundRefused(): Error {
  return runtimeError(
    'BackgroundJobNotSupported',
    'Background jobs (`&` at the end of a pipeline) are not supported.',
    {
      category: 'NotImplemented',
    },
  );
}
