import { CompileContext } from '../../compiler/context.ts';
import { openPipeline } from '../../compiler/pipeline.ts';
import { runtimeError } from '../../errors/raise.ts';
import { objectArray } from '../../values/array.ts';
import type { ScriptBlock } from '../../values/script-block.ts';
import { ScriptCmdletObject } from '../../values/script-cmdlet.ts';
import { SteppablePipeline } from '../../values/steppable-pipeline.ts';
import type { Value } from '../../values/value.ts';
import { Frame } from '../frame.ts';
import { Collector, type Output } from '../output.ts';
import type { Session } from '../session.ts';
import type { Stage } from './stage.ts';

/** `GetSteppablePipeline`: the one pipeline of a block, its arguments evaluated now. Throws where there is not just one. */
export function steppablePipeline(session: Session, block: ScriptBlock): SteppablePipeline {
  const [statement, second] = block.ast.endBlock?.statements ?? [];
  const isOne = second === undefined && block.ast.beginBlock === undefined && block.ast.processBlock === undefined;
  if (!isOne || statement?.kind !== 'pipeline' || statement.elements.some((one) => one.kind !== 'command')) {
    throw runtimeError(
      'CanOnlyCallOnePipeline',
      'Only a script block that contains exactly one pipeline or command can be converted. Expressions or control structures are not permitted. Verify that the script block contains exactly one pipeline or command.',
      {
        type: 'System.Management.Automation.ScriptBlockToPowerShellNotSupportedException',
        category: 'InvalidOperation',
      },
    );
  }
  const context = new CompileContext(block.ast.source, block.ast.usings);
  const open = openPipeline(statement, context);
  return new Steps(session, (frame, expectsInput) => {
    const locals = new Array<undefined>(context.layout.size).fill(undefined);
    const own = new Frame(session, block.ast.source, frame.scope, locals, frame.out, frame.streams);
    own.caller = frame;
    return open(own, expectsInput);
  });
}

class Steps extends SteppablePipeline {
  readonly #session: Session;
  readonly #open: (frame: Frame, expectsInput: boolean) => readonly Stage[];
  readonly #collector = new Collector();
  #stages: readonly Stage[] = [];

  constructor(session: Session, open: (frame: Frame, expectsInput: boolean) => readonly Stage[]) {
    super();
    this.#session = session;
    this.#open = open;
  }

  begin(expectsInput: boolean, cmdlet: Value): void {
    const { frame } = this.#session;
    const out: Output =
      cmdlet instanceof ScriptCmdletObject ? { write: (value) => cmdlet.writeObject(value, false) } : this.#collector;
    const { out: before } = frame;
    frame.out = out;
    try {
      this.#stages = this.#open(frame, expectsInput);
      for (const stage of this.#stages) stage.prepare();
      for (const stage of this.#stages) stage.begin();
    } finally {
      frame.out = before;
    }
  }

  process(value: Value): Value {
    const [first] = this.#stages;
    if (value === undefined) first?.processOnce();
    else first?.write(value);
    return this.#taken();
  }

  end(): Value {
    try {
      for (const stage of this.#stages) stage.end();
    } finally {
      this.clean();
    }
    return this.#taken();
  }

  clean(): void {
    const stages = this.#stages;
    this.#stages = [];
    for (const stage of stages) stage.clean();
  }

  /** What came out since the last step, where it did not go to a cmdlet. */
  #taken(): Value {
    const items = this.#collector.items.splice(0);
    return items.length === 0 ? undefined : objectArray(items);
  }
}
