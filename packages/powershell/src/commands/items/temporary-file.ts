import { posix } from 'node:path';
import { ErrorRecord } from '../../errors/error-record.ts';
import { NetFailure } from '../../errors/raise.ts';
import { findDrive } from '../../runtime/visible-drives.ts';
import { FileItem } from '../../types/io/file-item.ts';
import type { CmdletDescription } from '../description.ts';

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

export const newTemporaryFile: CmdletDescription = {
  name: 'New-TemporaryFile',
  typeName: 'Microsoft.PowerShell.Commands.NewTemporaryFileCommand',
  module: 'Microsoft.PowerShell.Utility',
  supportsShouldProcess: true,
  parameters: [],
  start: (call) => ({
    end() {
      const { session } = call;
      const { files, random } = session.world;
      const folder = findDrive(session.global.top, 'Temp')?.root ?? '/tmp/';
      const name = Array.from(random.bytes(6), (byte) => letters[byte % letters.length]).join('');
      const path = posix.join(folder, `tmp${name}.tmp`);
      if (!call.shouldProcess(folder)) return;
      try {
        files.writeBytes(path, new Uint8Array(), 'create');
        call.write(new FileItem(path, files.stat(path)));
      } catch (error) {
        if (!(error instanceof NetFailure)) throw error;
        call.writeError(new ErrorRecord(error.exception, 'NewTemporaryFileWriteError', 'WriteError', path));
      }
    },
  }),
};
