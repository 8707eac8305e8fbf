/** The fail-points of the engine on the way of the demo, and for those in a loop a later visit too: in the middle of the initial cycle. */
export const engineFailPoints = [
  'engine.cycle.opened',
  'engine.intents.before',
  'engine.intents.after',
  'engine.write.before',
  'engine.write.after@9',
  'engine.outcomes.before',
  'engine.outcomes.after',
  'engine.phase.changed',
  'engine.cycle.closing',
  'engine.cycle.closed',
] as const;

/** The fail-points of a host's first start and first import, before anybody has been provisioned. */
export const firstStartFailPoints = [
  'runtime.certificate.keyWritten',
  'host.stage.before',
  'host.flip.before',
  'host.flip.after',
] as const;

/** The fail-points of host and connector where people are written. */
export const targetFailPoints = [
  'host.journal.before',
  'host.journal.after@5',
  'host.call.before',
  'host.call.after@3',
  'host.commit.before@2',
  'host.commit.after',
  'csv.write.before@2',
  'csv.rename.before',
  'csv.rename.after@3',
] as const;
