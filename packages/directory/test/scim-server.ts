import type { OpenFresh } from '../../../testing/databases.ts';
import { type ServerUnderTest, serve } from '../../scim/test/server-under-test.ts';
import { type Fixture, openFixture } from './open-directory.ts';

/** A directory with one tenant behind a SCIM server. */
export interface ScimFixture extends Fixture, ServerUnderTest {
  readonly clock: Fixture['clock'];
}

export async function openScim(open: OpenFresh): Promise<ScimFixture> {
  const fixture = await openFixture(open);
  return { ...(await serveTenant(fixture)), ...fixture };
}

/** The SCIM server of a fixture's tenant as its schemas are now. */
export async function serveTenant({ directory, tenantId, clock }: Fixture): Promise<ServerUnderTest> {
  return serve({ ...(await directory.scim.of(tenantId)), clock });
}
