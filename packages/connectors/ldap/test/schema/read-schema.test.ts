import { expect, test } from 'vitest';
import { FAKE_ROOT_DSE, FAKE_SCHEMA } from '../../../../../testing/directories/fake-schema.ts';
import {
  type FakeServer,
  type FakeServerOptions,
  startFakeServer,
} from '../../../../../testing/directories/fake-server.ts';
import { openDirectory } from '../../src/connection/directory.ts';
import { detect } from '../../src/detection/detect.ts';
import { readRootDse } from '../../src/detection/read-root-dse.ts';
import type { DirectorySchema } from '../../src/schema/directory-schema.ts';
import { readSchema } from '../../src/schema/read-schema.ts';
import { parts, settingsOf } from '../connection/settings.ts';

interface Read {
  readonly schema: DirectorySchema;
  readonly warnings: readonly string[];
}

async function read(server: FakeServer): Promise<Read> {
  await using directory = openDirectory(settingsOf(server), parts());
  const signal = AbortSignal.timeout(10_000);
  const connection = await directory.connect('schema', signal);
  const rootDse = await readRootDse(connection, signal);
  const schema = await readSchema(connection, rootDse, signal);
  return { schema, warnings: detect(rootDse, schema, connection.server).warnings };
}

function withoutSubschema(): FakeServerOptions['rootDse'] {
  const { subschemaSubentry: _, ...rootDse } = FAKE_ROOT_DSE;
  return rootDse;
}

/** Base and filter of each search, and what it asked for. */
function searches({ requests }: FakeServer): readonly (readonly [string, string, readonly string[]])[] {
  return requests.flatMap((each) =>
    each.kind === 'search' ? [[each.base, each.filter, each.attributes] as const] : [],
  );
}

test('L21 a definition with a fault is skipped and reported, and the rest can be used', async () => {
  const faulty = "( 9.9.9 NAME 'broken SYNTAX 1.2 )";
  const server = await startFakeServer({
    schema: { ...FAKE_SCHEMA, attributeTypes: [faulty, ...(FAKE_SCHEMA.attributeTypes ?? [])] },
  });
  const { schema, warnings } = await read(server);
  expect(schema.skipped.map(({ definition }) => definition)).toEqual([faulty]);
  expect(warnings.filter((each) => each.includes(faulty))).toHaveLength(1);
  expect([...schema.attributesOf('inetOrgPerson').must].sort()).toEqual(['cn', 'objectClass', 'sn']);
});

test('the root DSE is asked for by *, + and names, the schema by the names of its attributes', async () => {
  const server = await startFakeServer();
  await read(server);
  const [rootDse, schema] = searches(server);
  expect(rootDse?.slice(0, 2)).toEqual(['', '(objectClass=*)']);
  expect(rootDse?.[2]).toEqual(expect.arrayContaining(['*', '+', 'vendorVersion', 'namingContexts']));
  expect(schema).toEqual([
    'cn=Subschema',
    '(objectClass=subschema)',
    ['objectClasses', 'attributeTypes', 'ldapSyntaxes', 'dITContentRules'],
  ]);
});

test('a server that does not say where its schema is has it where servers have it', async () => {
  const server = await startFakeServer({
    rootDse: withoutSubschema() ?? {},
    answer: (exchange) => {
      const { request } = exchange;
      if (request.kind !== 'search' || request.base !== 'cn=schema') return false;
      exchange.done(32);
      return true;
    },
  });
  const { schema } = await read(server);
  expect(schema.objectClass('person')).toBeDefined();
  expect(searches(server).map(([base]) => base)).toEqual(['', 'cn=schema', 'cn=schema', 'cn=Subschema']);
});

test('a subschema that is of another class is found all the same', async () => {
  const server = await startFakeServer({
    answer: (exchange) => {
      const { request } = exchange;
      if (request.kind !== 'search' || request.filter !== '(objectClass=subschema)') return false;
      exchange.done(0);
      return true;
    },
  });
  expect((await read(server)).schema.objectClass('person')).toBeDefined();
});

test('a schema that is not shown is a problem of rights; a server that is busy is not', async () => {
  const answering = (code: number) =>
    startFakeServer({
      answer: (exchange) => {
        const { request } = exchange;
        if (request.kind !== 'search' || request.base === '') return false;
        exchange.done(code, { diagnostic: 'as it is' });
        return true;
      },
    });
  for (const code of [0, 32, 50]) {
    await expect(read(await answering(code))).rejects.toMatchObject({ code: 'LDAP_SCHEMA_UNREADABLE' });
  }
  await expect(read(await answering(51))).rejects.toMatchObject({
    code: 'LDAP_SEARCH_REFUSED',
    message: expect.stringMatching(/busy \(51\).*as it is/),
  });
});
