import { expect } from 'vitest';
import { until } from '../../../../host/test/support/until.ts';
import { type Armed, arm, type Fault, type Phase } from './faults.ts';
import { type ImportProfile, NOTHING_WRONG, type Scene } from './scene.ts';

/**
 * One fault in the middle of one operation, its repair, and what has to be true afterwards: one cycle makes everything right, and a
 * further one writes nothing.
 * @param nth at which message of the operation it happens
 */
export async function strike(scene: Scene, fault: Fault, phase: Phase, nth: number): Promise<void> {
  const place = `${fault.name}, ${phase}, message ${nth}`;
  const armed = await arm(scene, fault, phase, nth);
  if (phase === 'export') await interruptedExport(scene, fault, armed, place);
  else await interruptedImport(scene, fault, phase, place);
  expect([place, armed.happened()]).toEqual([place, true]);
  scene.proxy.judge(undefined);

  const profile: ImportProfile = phase === 'delta' ? 'delta' : 'full';
  await scene.cycle(profile);
  expect([place, await scene.wrongs()]).toEqual([place, NOTHING_WRONG]);
  scene.proxy.forget();
  await scene.cycle(profile);
  expect([place, scene.proxy.writes(), await scene.wrongs()]).toEqual([place, 0, NOTHING_WRONG]);
}

/** An import brings all or nothing. */
async function interruptedImport(scene: Scene, fault: Fault, phase: 'import' | 'delta', place: string): Promise<void> {
  const before = await scene.known();
  await scene.disturb();
  const after = await scene.directory();
  const { outcome } = await scene.host.run('LDAP', phase === 'delta' ? 'delta' : 'full');
  expect([place, outcome]).toEqual([place, fault.harmlessToReads === true ? 'finished' : 'failed']);
  const known = await scene.known();
  expect([place, sorted(known)]).toEqual([place, sorted(outcome === 'finished' ? after : before)]);
  await fault.repair(scene);
}

/** Whoever asked for a write is answered, and what was confirmed to them is so. */
async function interruptedExport(scene: Scene, fault: Fault, armed: Armed, place: string): Promise<void> {
  const answering = scene.provision();
  if (fault.lasts === true) {
    await until(() => expect([place, armed.noticed()]).toEqual([place, true]));
    await fault.repair(scene);
  }
  const answers = await answering;
  if (fault.lasts !== true) await fault.repair(scene);
  if (fault.refusesWrites === true)
    expect([place, Math.max(...answers.map(({ status }) => status))]).not.toEqual([place, 200]);
  const titles = new Map((await scene.directory()).map(({ uid, title }) => [uid, title]));
  const broken = answers.filter(({ uid, title, status }) => status < 300 && titles.get(uid) !== title);
  expect([place, broken]).toEqual([place, []]);
}

function sorted(people: readonly { readonly dn: string }[]): unknown {
  return people.toSorted((one, other) => (one.dn < other.dn ? -1 : 1));
}
