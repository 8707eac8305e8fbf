import { posix } from 'node:path';
import type { FileAccess, FileStatus } from '../../runtime/session.ts';
import { Instance } from '../../values/instance.ts';
import type { DriveInfo } from '../automation/drive-info.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType } from '../net-type.ts';

/**
 * `System.IO.FileInfo` or `DirectoryInfo`: what is at a path is looked up when it is first asked for, and again after
 * `refresh`, as .NET does.
 */
export class FileItem extends Instance {
  /** Absolute. */
  path: string;
  /** What `ToString()` answers: the path as it was given. */
  original: string;
  readonly kind: FileStatus['kind'];
  /** The drive that a cmdlet found it by. */
  readonly drive: DriveInfo | undefined;
  #status: FileStatus | undefined;
  #isKnown: boolean;

  /** @param status what is there, where that is known already */
  constructor(
    path: string,
    status?: FileStatus,
    { kind = status?.kind ?? 'file', original = path, drive }: FileItemOptions = {},
  ) {
    super();
    this.path = path;
    this.original = original;
    this.kind = kind;
    this.drive = drive;
    this.#status = status;
    this.#isKnown = status !== undefined;
  }

  get type(): NetType {
    return namedType(this.kind === 'directory' ? 'System.IO.DirectoryInfo' : 'System.IO.FileInfo');
  }
  get name(): string {
    return posix.basename(this.path) || '/';
  }

  /** What is there, of whichever kind; `undefined` where nothing is. */
  status(files: FileAccess): FileStatus | undefined {
    if (!this.#isKnown) {
      this.#status = files.stat(this.path);
      this.#isKnown = true;
    }
    return this.#status;
  }

  refresh(): void {
    this.#isKnown = false;
  }
}

interface FileItemOptions {
  readonly kind?: FileStatus['kind'];
  readonly original?: string;
  readonly drive?: DriveInfo;
}
