import type { FileStatus } from '../../runtime/session.ts';
import { namedType } from '../../types/intrinsic.ts';
import type { NetType } from '../../types/net-type.ts';
import { Instance } from '../../values/instance.ts';

/** `System.IO.FileInfo` or `DirectoryInfo`, as it was when it was asked for. */
export class FileItem extends Instance {
  readonly path: string;
  readonly status: FileStatus;
  constructor(path: string, status: FileStatus) {
    super();
    this.path = path;
    this.status = status;
  }
  get type(): NetType {
    return namedType(this.status.kind === 'directory' ? 'System.IO.DirectoryInfo' : 'System.IO.FileInfo');
  }
}
