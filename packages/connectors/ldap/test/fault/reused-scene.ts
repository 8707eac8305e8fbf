import { afterAll } from 'vitest';
import { Scene } from './scene.ts';

/**
 * A scene that the tests of the surrounding `describe` use one after the other. After a test that fails nobody knows what it is like,
 * and the next one has a new one.
 */
export function reusedScene(): (use: (scene: Scene) => Promise<void>) => Promise<void> {
  const undone: (() => Promise<void>)[] = [];
  let scene: Scene | undefined;
  afterAll(async () => {
    for (const undo of undone.reverse()) await undo();
  });
  return async (use) => {
    scene ??= await Scene.open((undo) => void undone.push(undo));
    try {
      await use(scene);
    } catch (error) {
      scene = undefined;
      throw error;
    }
  };
}
