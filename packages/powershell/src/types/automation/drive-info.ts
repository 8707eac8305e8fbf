import { posix } from 'node:path';
import { Instance } from '../../values/instance.ts';
import { as } from '../../values/narrow.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType, TypeDescription } from '../net-type.ts';
import type { ProviderInfo } from './provider-info.ts';

const space = 'System.Management.Automation';

/** `PSDriveInfo`: a name for a folder, or for the items of another provider. Each drive has a location of its own. */
export class DriveInfo extends Instance {
  readonly name: string;
  readonly provider: ProviderInfo;
  /** A drive of files: an absolute native path. Other drives have none. */
  readonly root: string;
  description: string;
  /** The current location: names below the root, joined by slashes; empty at the root. */
  at = '';

  constructor(name: string, provider: ProviderInfo, root: string, description = '') {
    super();
    this.name = name;
    this.provider = provider;
    this.root = root;
    this.description = description;
  }

  get type(): NetType {
    return namedType(`${space}.PSDriveInfo`);
  }

  /** The native path of the current location of a drive of files. */
  get native(): string {
    return posix.join(this.root, this.at);
  }

  /** How a path is shown: `C:/sub`, `Env:/HOME`; on the root drive as it is. `inside` is absolute within the drive. */
  show(inside: string): string {
    const path = inside.startsWith('/') ? inside : `/${inside}`;
    return this.name === '/' ? path : `${this.name}:${path}`;
  }

  /** As `show`, for a native path below the root. */
  showNative(path: string): string {
    if (this.name === '/') return path;
    return this.show(posix.relative(this.root, path));
  }
}

export const driveInfoDescription: TypeDescription = {
  name: `${space}.PSDriveInfo`,
  kind: 'class',
  properties: {
    Name: { type: 'string', get: (self) => as(self, DriveInfo).name },
    Provider: { type: `${space}.ProviderInfo`, get: (self) => as(self, DriveInfo).provider },
    Root: { type: 'string', get: (self) => as(self, DriveInfo).root },
    Description: { type: 'string', get: (self) => as(self, DriveInfo).description || null },
    CurrentLocation: { type: 'string', get: (self) => as(self, DriveInfo).at },
    DisplayRoot: { type: 'string', get: () => null },
  },
  toText: (self) => as(self, DriveInfo).name,
};
