import { ErrorRecord } from '../../errors/error-record.ts';
import { NetFailure } from '../../errors/raise.ts';
import { WildcardPattern } from '../../operators/wildcard.ts';
import { openFile } from '../../types/io/file-stream.ts';
import { Stream } from '../../types/io/stream.ts';
import { Digest, hashKinds } from '../../types/security/hash-algorithm.ts';
import { cmdletError } from '../cmdlet-error.ts';
import { DataObject } from '../data-object.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { nativeOf, placePath } from '../items/paths.ts';
import { glob, pathsOf, unescaped } from '../items/resolve-items.ts';

const typeName = 'Microsoft.PowerShell.Commands.FileHashInfo';
const algorithms = ['SHA1', 'SHA256', 'SHA384', 'SHA512', 'MD5'];

export const getFileHash: CmdletDescription = {
  name: 'Get-FileHash',
  typeName: 'Microsoft.PowerShell.Commands.GetFileHashCommand',
  module: 'Microsoft.PowerShell.Utility',
  defaultSet: 'Path',
  parameters: [
    {
      name: 'Path',
      type: 'string[]',
      sets: ['Path'],
      mandatory: true,
      position: 0,
      fromPipeline: true,
      fromPipelineByPropertyName: true,
    },
    {
      name: 'LiteralPath',
      type: 'string[]',
      aliases: ['PSPath', 'LP'],
      sets: ['LiteralPath'],
      mandatory: true,
      fromPipelineByPropertyName: true,
    },
    { name: 'InputStream', type: 'System.IO.Stream', sets: ['StreamParameterSet'], mandatory: true, position: 0 },
    { name: 'Algorithm', type: 'string', position: 1, validate: { set: algorithms } },
  ],
  start: (call) => ({
    process() {
      if (call.parameterSet === 'StreamParameterSet') return;
      const { paths, isLiteral } = pathsOf(call);
      for (const path of paths) {
        for (const item of filesAt(call, path, isLiteral)) hashFile(call, item);
      }
    },
    end() {
      const stream = call.get('InputStream');
      if (stream instanceof Stream) write(call, stream, '');
    },
  }),
};

/** The files of a path. What is missing is told in another way for a path without wildcards than by other cmdlets. */
function filesAt(call: CmdletCall, path: string, isLiteral: boolean): readonly string[] {
  const { session } = call;
  try {
    const isPattern = !isLiteral && WildcardPattern.has(path);
    const placed = placePath(session, path, isPattern ? 'pattern' : 'literal');
    if (isPattern) return glob(session, placed, true).map((file) => file.path);
    const native = nativeOf(isLiteral ? placed : unescaped(placed));
    if (session.world.files.stat(native) !== undefined) return [native];
    const [message, type] = isLiteral
      ? [`Could not find file '${native}'.`, 'System.IO.FileNotFoundException']
      : [
          `Cannot find path '${native}' because it does not exist.`,
          'System.Management.Automation.ItemNotFoundException',
        ];
    call.writeError(cmdletError('FileNotFound', message, { type, category: 'ObjectNotFound', target: path }));
  } catch (error) {
    if (!(error instanceof NetFailure)) throw error;
    call.writeError(new ErrorRecord(error.exception, 'UnauthorizedAccessError', 'InvalidData', path));
  }
  return [];
}

function hashFile(call: CmdletCall, path: string): void {
  try {
    const stream = openFile(call.session, path, { mode: 'Open', access: 'Read', share: 'Read' });
    try {
      write(call, stream, path);
    } finally {
      stream.close();
    }
  } catch (error) {
    if (!(error instanceof NetFailure)) throw error;
    const { exception } = error;
    const isDenied = exception.type.name === 'System.UnauthorizedAccessException';
    const [id, category] = isDenied
      ? (['UnauthorizedAccessError', 'InvalidData'] as const)
      : (['FileReadError', 'ReadError'] as const);
    call.writeError(new ErrorRecord(exception, id, category, path));
  }
}

function write(call: CmdletCall, stream: Stream, path: string): void {
  const asked = call.has('Algorithm') ? call.session.text(call.get('Algorithm')).toUpperCase() : 'SHA256';
  const kind = hashKinds.find((one) => one.name === asked);
  if (kind === undefined) throw new Error(`${asked} is not one of the algorithms`);
  const digest = new Digest(kind);
  digest.addStream(stream, call.session.budget);
  const hash = Buffer.from(digest.finish()).toString('hex').toUpperCase();
  call.write(new DataObject(typeName, { Algorithm: asked, Hash: hash, Path: path }));
}
