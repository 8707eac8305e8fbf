import type { Stage } from './stage.ts';

/**
 * Unwinds the commands before `requester` in its pipeline, without an error: `Select-Object -First`. Script code cannot
 * catch it (it is no `Thrown`); `finally` blocks on the way run.
 */
export class StopUpstream extends Error {
  readonly requester: Stage;
  constructor(requester: Stage) {
    super('the commands before this one in the pipeline end');
    this.requester = requester;
  }
}
