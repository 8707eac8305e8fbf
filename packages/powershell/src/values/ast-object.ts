import type { ParseError } from '../syntax/parse-error.ts';
import type { Source } from '../syntax/source.ts';
import type { AttributeAst, Extent, ParameterAst } from '../syntax/tree/index.ts';
import type { Node } from '../syntax/walk.ts';
import { namedType } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { Instance } from './instance.ts';

const space = 'System.Management.Automation.Language';

/** `param(…)` with its attributes: a node of PowerShell's tree that the engine's own does without. */
export interface ParamBlock extends Extent {
  readonly kind: 'paramBlock';
  readonly attributes: readonly AttributeAst[];
  readonly parameters: readonly ParameterAst[];
}

/** A node of the syntax tree as scripts see it: `{ }.Ast`, `[Parser]::ParseInput()`. */
export class AstObject extends Instance {
  readonly type: NetType;
  readonly node: Node | ParamBlock;
  readonly source: Source;
  readonly parent: AstObject | undefined;
  constructor(typeName: string, node: Node | ParamBlock, source: Source, parent: AstObject | undefined) {
    super();
    this.type = namedType(`${space}.${typeName}`);
    this.node = node;
    this.source = source;
    this.parent = parent;
  }
}

/** `IScriptExtent`: a place in a script. */
export class ScriptExtent extends Instance {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
  constructor(source: Source, { start, end }: Extent) {
    super();
    this.source = source;
    this.start = start;
    this.end = end;
  }
  get type(): NetType {
    return namedType(`${space}.InternalScriptExtent`);
  }
}

/** `ParseError` of a script that does not parse. */
export class ParseErrorObject extends Instance {
  readonly error: ParseError;
  readonly source: Source;
  constructor(error: ParseError, source: Source) {
    super();
    this.error = error;
    this.source = source;
  }
  get type(): NetType {
    return namedType(`${space}.ParseError`);
  }
}

/** `VariablePath`: a variable's name with its scope or drive. */
export class VariablePathObject extends Instance {
  readonly path: string;
  readonly scope: string | undefined;
  constructor(path: string, scope: string | undefined) {
    super();
    this.path = path;
    this.scope = scope;
  }
  get type(): NetType {
    return namedType('System.Management.Automation.VariablePath');
  }
}
