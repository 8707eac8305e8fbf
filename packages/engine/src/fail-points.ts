import { defineFailPoints } from '@joinery/runtime';

/** Where fault tests cut a run off (design decision 10): on either side of every commit and of every write to the target. */
export const failPoint = defineFailPoints('engine', [
  'cycle.opened',
  'intents.before',
  'intents.after',
  'write.before',
  'write.after',
  'outcomes.before',
  'outcomes.after',
  'phase.changed',
  'cycle.closing',
  'cycle.closed',
]);
