import { Instance } from '../../values/instance.ts';
import { as } from '../../values/narrow.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType, TypeDescription } from '../net-type.ts';

/** `System.Management.Automation.PathInfo`: what `$PWD` and `Get-Location` give. */
export class PathInfo extends Instance {
  readonly path: string;
  constructor(path: string) {
    super();
    this.path = path;
  }
  get type(): NetType {
    return namedType('System.Management.Automation.PathInfo');
  }
}

export const pathInfoDescription: TypeDescription = {
  name: 'System.Management.Automation.PathInfo',
  kind: 'class',
  properties: {
    Drive: { type: 'string', get: () => '/' },
    Provider: { type: 'string', get: () => 'Microsoft.PowerShell.Core\\FileSystem' },
    ProviderPath: { type: 'string', get: (self) => as(self, PathInfo).path },
    Path: { type: 'string', get: (self) => as(self, PathInfo).path },
  },
  toText: (self) => as(self, PathInfo).path,
};
