import type { Host } from '@joinery/host';
import type { ScimCaller } from './caller.ts';
import { type FixtureFile, type FixtureOptions, FixtureTarget, fixtureConnector } from './fixture-connector.ts';
import { caller, TestHome, type TestHomeOptions } from './home.ts';

/** A host with one fixture target behind it, its first import done. */
export async function fixtureHost(
  options: FixtureOptions = {},
  connector: FixtureFile = {},
  more: TestHomeOptions & { readonly prepare?: (target: FixtureTarget) => void } = {},
): Promise<{ target: FixtureTarget; home: TestHome; host: Host; scim: ScimCaller }> {
  const target = new FixtureTarget(options);
  more.prepare?.(target);
  const home = await TestHome.create({ ...more, kinds: [target.kind], connectors: [fixtureConnector(connector)] });
  const host = await home.start();
  return { target, home, host, scim: caller(host, 'fixture') };
}

/** A promise that a test resolves by hand. */
export function gate(): { readonly opened: Promise<void>; open(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: () => resolve() };
}
