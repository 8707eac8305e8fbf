import type { Source } from '../syntax/source.ts';
import { namedType } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { Instance } from '../values/instance.ts';
import type { Value } from '../values/value.ts';
import type { AliasCommand, FunctionCommand } from './command.ts';
import type { SessionState } from './session-state.ts';
import type { Variable } from './variable.ts';

/** `System.Management.Automation.PSModuleInfo`. */
export class ModuleInfo extends Instance {
  name: string;
  /** The file, or the empty string for a dynamic module. */
  path: string;
  /** The manifest that named the file, where there was one. */
  manifestPath: string | undefined;
  moduleBase: string;
  moduleType: 'Script' | 'Manifest' | 'Binary' | 'Cim' | 'Workflow' = 'Script';
  version = '0.0';
  guid = '00000000-0000-0000-0000-000000000000';
  description = '';
  author = '';
  companyName = '';
  copyright = '';
  rootModule = '';
  definition = '';
  /** The script that its types were defined in. */
  source: Source | undefined;
  state: SessionState | undefined;
  readonly exportedFunctions = new Map<string, FunctionCommand>();
  readonly exportedAliases = new Map<string, AliasCommand>();
  readonly exportedVariables = new Map<string, Variable>();
  readonly nestedModules: ModuleInfo[] = [];
  readonly requiredModules: ModuleInfo[] = [];
  /** True once `Export-ModuleMember` ran: without it, every function is exported. */
  explicitExports = false;
  onRemove: Instance | undefined;
  prefix = '';
  privateData: Value = null;
  compatibleEditions: readonly string[] = [];
  /** `PrivateData.PSData` of the manifest: tags and addresses, by folded name. */
  galleryData: ReadonlyMap<string, readonly string[]> = new Map();

  constructor(name: string, path: string, moduleBase: string) {
    super();
    this.name = name;
    this.path = path;
    this.moduleBase = moduleBase;
  }

  get type(): NetType {
    return namedType('System.Management.Automation.PSModuleInfo');
  }
}
