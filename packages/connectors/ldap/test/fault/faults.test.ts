import { describe, test } from 'vitest';
import { FAULTS } from './faults.ts';
import { reusedScene } from './reused-scene.ts';
import { strike } from './rounds.ts';

/*
 * What befalls a real slapd in the middle of an import, a delta import and exports of a real host. `npm run faults -- --ldap` has
 * many rounds of it at random moments.
 */
describe('one cycle makes everything right, and a further one writes nothing, after', () => {
  const onScene = reusedScene();

  // The third page, the eighth entry that a delta reads, the tenth of many writes.
  const moments = { import: 60, delta: 8, export: 10 };
  const cases = FAULTS.flatMap((fault) => fault.phases.map((phase) => ({ fault, phase, name: fault.name })));

  test.each(cases)(
    '$name during $phase',
    ({ fault, phase }) => onScene((scene) => strike(scene, fault, phase, moments[phase])),
    60_000,
  );
});
