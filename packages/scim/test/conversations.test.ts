import { describe } from 'vitest';
import { replaySuite, type Server } from '../../../testing/scim-conversations/replay.ts';
import { profiles, serve, token } from './server-under-test.ts';

describe.each(profiles)('S-142 S-143 the plugin over memory, profile %s', (profile) => {
  const open = async (): Promise<Server> => {
    const { app } = await serve({ profile });
    return {
      bearer: token,
      async send({ method, path, headers, body }) {
        const answer = await app.inject({
          method: methodOf(method),
          url: `/scim${path}`,
          headers,
          ...(body === undefined ? {} : { payload: body }),
        });
        return { status: answer.statusCode, headers: textual(answer.headers), text: answer.payload };
      },
    };
  };
  for (const suite of ['entra-validator', 'gallery-onboarding', 'scim2-tester'] as const) {
    replaySuite(suite, { profile, open });
  }
});

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

function methodOf(name: string): (typeof methods)[number] {
  const method = methods.find((each) => each === name);
  if (method === undefined) throw new TypeError(`no conversation uses ${name}`);
  return method;
}

function textual(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
