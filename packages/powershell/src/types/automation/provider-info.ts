import { visibleDrives } from '../../runtime/visible-drives.ts';
import { objectArray } from '../../values/array.ts';
import { Instance } from '../../values/instance.ts';
import { as } from '../../values/narrow.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType, TypeDescription } from '../net-type.ts';
import { sessionOf } from '../session-of.ts';

const space = 'System.Management.Automation';

/** `ProviderInfo`: a kind of drive. There is one of each name. */
export class ProviderInfo extends Instance {
  readonly name: string;
  readonly capabilities: string;
  constructor(name: string, capabilities: string) {
    super();
    this.name = name;
    this.capabilities = capabilities;
  }
  get type(): NetType {
    return namedType(`${space}.ProviderInfo`);
  }
  /** As error messages and `PSPath` name it. */
  get fullName(): string {
    return `Microsoft.PowerShell.Core\\${this.name}`;
  }
}

export const fileSystem = new ProviderInfo('FileSystem', 'Filter, ShouldProcess, Credentials');

/** All providers, in the order in which `Get-PSProvider` gives them. */
export const providers: readonly ProviderInfo[] = [
  new ProviderInfo('Alias', 'ShouldProcess'),
  new ProviderInfo('Environment', 'ShouldProcess'),
  fileSystem,
  new ProviderInfo('Function', 'ShouldProcess'),
  new ProviderInfo('Variable', 'ShouldProcess'),
];

/** By its name without case, with or without the module's name before it. */
export function findProvider(name: string): ProviderInfo | undefined {
  const folded = name.toLowerCase();
  return providers.find((one) => one.name.toLowerCase() === folded || one.fullName.toLowerCase() === folded);
}

export const providerInfoDescription: TypeDescription = {
  name: `${space}.ProviderInfo`,
  kind: 'class',
  properties: {
    Name: { type: 'string', get: (self) => as(self, ProviderInfo).name },
    ModuleName: { type: 'string', get: () => 'Microsoft.PowerShell.Core' },
    Description: { type: 'string', get: () => '' },
    Capabilities: { type: 'string', get: (self) => as(self, ProviderInfo).capabilities },
    Home: {
      type: 'string',
      get: (self, context) =>
        as(self, ProviderInfo) === fileSystem ? (sessionOf(context).world.environment.get('HOME') ?? '') : '',
    },
    Drives: {
      type: 'System.Collections.ObjectModel.Collection[System.Management.Automation.PSDriveInfo]',
      get: (self, context) =>
        objectArray(visibleDrives(sessionOf(context).frame.scope).filter(({ provider }) => provider === self)),
    },
  },
  toText: (self) => as(self, ProviderInfo).fullName,
};
