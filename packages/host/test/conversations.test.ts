import { Agent, fetch } from 'undici';
import { describe, onTestFinished } from 'vitest';
import { overHttp } from '../../../testing/scim-conversations/over-http.ts';
import { replaySuite, type Server } from '../../../testing/scim-conversations/replay.ts';
import { csv, TestHome, TOKEN } from './support/home.ts';

/** The tutorial's connector behind the façade, the file with nobody in it. */
async function open(): Promise<Server> {
  const home = await TestHome.create();
  await home.write(csv());
  const host = await home.start();
  const agent = new Agent({ connect: { ca: host.certificate } });
  onTestFinished(() => agent.close());
  return overHttp(host.urlOf('CSV'), TOKEN, (url, init) => fetch(url, { ...init, dispatcher: agent }));
}

describe('S-143 the façade /ecma2host_CSV/scim', () => {
  replaySuite('entra-validator-flat', { profile: 'entra', open });
  // Of the suites for core users and groups, what speaks of neither.
  const lacks = ['users', 'groups'];
  replaySuite('gallery-onboarding', { profile: 'entra', open, lacks });
  replaySuite('scim2-tester', { profile: 'entra', open, lacks });
});
