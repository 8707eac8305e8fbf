import { parseFailure } from '../runtime/parse-failure.ts';
import type { Session } from '../runtime/session.ts';
import type { SessionState } from '../runtime/session-state.ts';
import { parse } from '../syntax/parse.ts';
import { ScriptBlock } from '../values/script-block.ts';

/** A script file as a block of a world. Throws `Thrown` with the ParseException of one that does not parse. */
export function readScriptFile(session: Session, path: string, state: SessionState): ScriptBlock {
  const source = { text: session.world.files.readText(path), file: path };
  const { ast, errors } = parse(source);
  if (errors.length > 0) throw parseFailure(source, errors);
  return new ScriptBlock(ast, source.text, { state });
}
