import type { SessionState } from '../runtime/session-state.ts';
import type { ScriptBlockAst } from '../syntax/tree/index.ts';
import { netTypes } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { Instance } from './instance.ts';

/** `System.Management.Automation.ScriptBlock`: a piece of script, and the session state whose variables it sees. */
export class ScriptBlock extends Instance {
  readonly ast: ScriptBlockAst;
  /** The module or global world it was made in; `undefined` (from `[scriptblock]::Create`) takes its caller's. */
  readonly state: SessionState | undefined;
  /** A filter's body, or `$x | % { }`: statements outside of named blocks run per input. */
  readonly isFilter: boolean;
  /** The text without the outer braces: what `ToString()` gives. */
  readonly text: string;

  constructor(
    ast: ScriptBlockAst,
    text: string,
    { state, isFilter = false }: { state?: SessionState | undefined; isFilter?: boolean } = {},
  ) {
    super();
    this.ast = ast;
    this.text = text;
    this.state = state;
    this.isFilter = isFilter;
  }

  get type(): NetType {
    return netTypes.scriptBlock;
  }
}
