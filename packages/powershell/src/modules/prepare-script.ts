import type { Session } from '../runtime/session.ts';
import type { SessionState } from '../runtime/session-state.ts';
import type { Streams } from '../runtime/streams.ts';
import type { ScriptBlockAst } from '../syntax/tree/index.ts';
import { meetRequirements } from './requires.ts';
import { useModules } from './using-module.ts';

/** What comes before the first statement of a script that is run as a whole: its `#requires` and `using module` lines. */
export function prepareScript(session: Session, ast: ScriptBlockAst, state: SessionState, streams: Streams): void {
  // Only files ask: the lines are comments in texts that are run.
  if (ast.requires.length > 0 && ast.source.file !== undefined) meetRequirements(session, ast, state, streams);
  if (ast.usings.length > 0) useModules(session, ast, state, streams);
}
