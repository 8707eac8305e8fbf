import { posix } from 'node:path';
import { Instance } from '../../values/instance.ts';
import { as } from '../../values/narrow.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType, TypeDescription } from '../net-type.ts';
import type { DriveInfo } from './drive-info.ts';
import { fileSystem } from './provider-info.ts';

const space = 'System.Management.Automation';

/** `PathInfo`: what `$PWD`, `Get-Location` and `Resolve-Path` give. */
export class PathInfo extends Instance {
  readonly drive: DriveInfo;
  /** As it is shown: `C:/sub`. */
  readonly path: string;
  /** Native, or the name of an item. */
  readonly providerPath: string;
  constructor(drive: DriveInfo, path: string, providerPath: string) {
    super();
    this.drive = drive;
    this.path = path;
    this.providerPath = providerPath;
  }
  get type(): NetType {
    return namedType(`${space}.PathInfo`);
  }
}

/** The current location of a drive. */
export function locationOf(drive: DriveInfo): PathInfo {
  // The root of a drive that is a folder has a slash after it.
  const isRoot = drive.at === '' && drive.root !== '/';
  const native = drive.provider === fileSystem ? `${drive.native}${isRoot ? '/' : ''}` : drive.at;
  return new PathInfo(drive, drive.show(posix.join('/', drive.at)), native);
}

export const pathInfoDescription: TypeDescription = {
  name: `${space}.PathInfo`,
  kind: 'class',
  properties: {
    Drive: { type: `${space}.PSDriveInfo`, get: (self) => as(self, PathInfo).drive },
    Provider: { type: `${space}.ProviderInfo`, get: (self) => as(self, PathInfo).drive.provider },
    ProviderPath: { type: 'string', get: (self) => as(self, PathInfo).providerPath },
    Path: { type: 'string', get: (self) => as(self, PathInfo).path },
  },
  toText: (self) => as(self, PathInfo).path,
};
