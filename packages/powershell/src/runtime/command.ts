import type { ParameterTable } from '../binding/parameter.ts';
import type { CmdletDescription } from '../commands/description.ts';
import { namedType } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { Instance } from '../values/instance.ts';
import type { ScriptBlock } from '../values/script-block.ts';
import type { ModuleInfo } from './module-info.ts';

/** What a name in command position resolves to: `System.Management.Automation.CommandInfo` and its kinds. */
export type Command = FunctionCommand | CmdletCommand | AliasCommand | ScriptFileCommand;

export abstract class CommandInfo extends Instance {
  readonly name: string;
  module: ModuleInfo | undefined;
  /** `Visibility = Private` and `Get-Command` ask for these. */
  description = '';
  options: ReadonlySet<'ReadOnly' | 'Constant' | 'Private' | 'AllScope'> = new Set();

  constructor(name: string, module?: ModuleInfo) {
    super();
    this.name = name;
    this.module = module;
  }
}

/** A function or filter: `FunctionInfo`. */
export class FunctionCommand extends CommandInfo {
  readonly block: ScriptBlock;
  readonly isFilter: boolean;
  constructor(
    name: string,
    block: ScriptBlock,
    { isFilter = false, module }: { isFilter?: boolean; module?: ModuleInfo } = {},
  ) {
    super(name, module);
    this.block = block;
    this.isFilter = isFilter;
  }
  get type(): NetType {
    return namedType(
      this.isFilter ? 'System.Management.Automation.FilterInfo' : 'System.Management.Automation.FunctionInfo',
    );
  }
}

export class CmdletCommand extends CommandInfo {
  readonly cmdlet: CmdletDescription;
  readonly #makeParameters: () => ParameterTable;
  #parameters: ParameterTable | undefined;
  /** @param makeParameters asked at the first call: a session has many more cmdlets than a script uses */
  constructor(cmdlet: CmdletDescription, makeParameters: () => ParameterTable) {
    super(cmdlet.name);
    this.cmdlet = cmdlet;
    this.#makeParameters = makeParameters;
  }
  get parameters(): ParameterTable {
    this.#parameters ??= this.#makeParameters();
    return this.#parameters;
  }
  get type(): NetType {
    return namedType('System.Management.Automation.CmdletInfo');
  }
}

export class AliasCommand extends CommandInfo {
  /** The name it stands for: resolved anew at each call. */
  readonly definition: string;
  constructor(name: string, definition: string, module?: ModuleInfo) {
    super(name, module);
    this.definition = definition;
  }
  get type(): NetType {
    return namedType('System.Management.Automation.AliasInfo');
  }
}

/** A script file by path: `ExternalScriptInfo`. */
export class ScriptFileCommand extends CommandInfo {
  readonly path: string;
  readonly block: ScriptBlock;
  constructor(name: string, path: string, block: ScriptBlock) {
    super(name);
    this.path = path;
    this.block = block;
  }
  get type(): NetType {
    return namedType('System.Management.Automation.ExternalScriptInfo');
  }
}
