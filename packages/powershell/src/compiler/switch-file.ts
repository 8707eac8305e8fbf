import { resolveNative } from '../commands/items/paths.ts';
import { runtimeError } from '../errors/raise.ts';
import type { Session } from '../runtime/session.ts';

/** The lines of the file that `switch -File` reads. Throws `Thrown` (`PathNotFound`). */
export function linesOfFile(path: string, session: Session): readonly string[] {
  const absolute = resolveNative(session, path);
  const status = session.world.files.stat(absolute);
  if (status === undefined) {
    throw runtimeError('PathNotFound', `Cannot find path '${absolute}' because it does not exist.`, {
      type: 'System.Management.Automation.ItemNotFoundException',
      category: 'ObjectNotFound',
      target: absolute,
    });
  }
  const text = session.world.files.readText(absolute);
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
