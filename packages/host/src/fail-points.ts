import { defineFailPoints } from '@joinery/runtime/fail-point';

/** The places where a process can die between two halves of one effect; tests kill it at each (design decision 10). */
export const failPoint = defineFailPoints('host', [
  'journal.before',
  'journal.after',
  'call.before',
  'call.after',
  'commit.before',
  'commit.after',
  'password.before',
  'password.after',
  'stage.before',
  'flip.before',
  'flip.after',
]);
