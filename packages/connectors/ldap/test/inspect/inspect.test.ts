import { describe, expect, test } from 'vitest';
import { ldapadd } from '../../../../../testing/directories/commands.ts';
import { apacheds, ds389, openldap, samba } from '../../../../../testing/directories/directories.ts';
import type { Account, Directory } from '../../../../../testing/directories/directory.ts';
import { freshBase } from '../../../../../testing/directories/fresh-base.ts';
import { fetchCertificate } from '../../src/connection/fetch-certificate.ts';
import { inspectDirectory } from '../../src/inspect/inspect-directory.ts';
import type { Inspection } from '../../src/inspect/inspection.ts';
import { inspectionSettings } from '../../src/inspect/inspection-settings.ts';
import { printCertificates, printInspection } from '../../src/inspect/print-inspection.ts';
import { summaryOf } from '../../src/inspect/report.ts';
import { parts } from '../connection/settings.ts';

async function inspected(
  server: Directory,
  as: Account | undefined,
  base?: string,
): Promise<Inspection & { readonly text: string }> {
  const settings = inspectionSettings({
    server: { host: server.host, port: server.ldapsPort },
    transport: 'ldaps',
    account: as === undefined ? undefined : { user: as.dn, password: as.password },
    authorityFile: server.caFile,
  });
  const signal = AbortSignal.timeout(20_000);
  const [address = { host: '', port: 0 }] = settings.servers;
  const certificates = await fetchCertificate(settings, { server: address, ...parts() }, signal);
  const inspection = await inspectDirectory({ settings, parts: parts(), base, certificates }, signal);
  const sections = printInspection(inspection).map(({ title, text }) => `${title}\n${text}`);
  return { ...inspection, text: [printCertificates(certificates), ...sections].join('\n\n') };
}

describe('OpenLDAP', () => {
  test('an account that may do everything finds people, changes and what is better than the DN', async () => {
    const server = await openldap();
    const base = await freshBase(server);
    await ldapadd(server, `dn: cn=a,${base}\nobjectClass: inetOrgPerson\ncn: a\nsn: a\n`);
    const { delta, bases, text, contexts, controls, ...rest } = await inspected(server, server.admin, base);
    expect(rest).toMatchObject({ kind: 'OpenLDAP', encrypted: true, anchor: 'entryDN', uniqueId: 'entryUUID' });
    expect(rest.reason).toBe('its root DSE says objectClass: OpenLDAProotDSE');
    expect(bases).toEqual([{ dn: base, state: 'readable', people: 1, advice: undefined }]);
    expect(delta).toMatchObject({ strategy: 'accessLog', logDn: 'cn=accesslog', ready: true });
    expect(contexts).toContainEqual({ dn: 'cn=accesslog', system: true });
    expect(controls.find(({ name }) => name === 'Permissive modify')).toMatchObject({ listed: false, works: true });
    expect(text).toContain(`${base}: 1 seen`);
    expect(text).toContain('entryUUID stays when an entry is renamed');
    expect(text).toMatch(/SHA-256 +[0-9A-F:]{95}\n/);
    expect(summaryOf({ delta, bases, contexts, controls, ...rest })).toBe(
      `OpenLDAP 2.4 or later at ${server.host}:${server.ldapsPort}: ${server.suffix}; changes by Access log.`,
    );
  });

  test('nobody sees no people and no log, and it is said what is needed', async () => {
    const server = await openldap();
    const { delta, bases, text, warnings } = await inspected(server, undefined);
    expect(bases).toMatchObject([{ dn: server.suffix, state: 'missing' }]);
    expect(delta).toMatchObject({ ready: false, finding: expect.stringContaining('cannot read cn=accesslog') });
    expect(text).toContain('overlay accesslog');
    expect(warnings.join()).toContain('the account may not see it');
  });

  test('L24 an account that is stopped by a limit is told the setting of the server', async () => {
    const server = await openldap();
    const base = await freshBase(server);
    const people = Array.from(
      { length: 501 },
      (_, n) => `dn: cn=p${n},${base}\nobjectClass: inetOrgPerson\ncn: p${n}\nsn: p\n`,
    );
    await ldapadd(server, people.join('\n'));
    const { bases, text } = await inspected(server, server.account, base);
    expect(bases).toMatchObject([{ dn: base, state: 'limited', people: 500 }]);
    expect(bases[0]?.advice).toContain('size.prtotal=unlimited');
    expect(text).toContain('the server stops after 500');
    expect((await inspected(server, server.unlimited, base)).bases).toMatchObject([{ state: 'readable', people: 501 }]);
  });
});

test('L40 389: the administrator reads the change log, an account without the right does not, and is told of the right', async () => {
  const server = await ds389();
  const { delta } = await inspected(server, server.admin);
  expect(delta).toMatchObject({ strategy: 'changeLog', logDn: 'cn=changelog', ready: true });
  const { delta: denied, warnings } = await inspected(server, server.account);
  expect(denied).toMatchObject({ ready: false, finding: expect.stringContaining('cannot read cn=changelog') });
  expect(denied.needs).toContain('ACI');
  expect(warnings.join('\n')).toContain('True/False filters');
});

test('ApacheDS: full imports only, and controls that are listed and do nothing', async () => {
  const { delta, controls, text } = await inspected(await apacheds(), (await apacheds()).admin);
  expect(delta).toMatchObject({ strategy: undefined, ready: false });
  expect(controls.find(({ name }) => name === 'Tree delete')).toMatchObject({ listed: true, works: false });
  expect(text).toMatch(/no, though listed +Tree delete/);
  expect(text).toContain('full imports only: This server keeps no change log');
});

test('Samba: the identifier is the anchor, and deleted entries are seen by who may', async () => {
  const server = await samba();
  const { delta, text, ...rest } = await inspected(server, server.admin);
  expect(rest).toMatchObject({ kind: 'Samba', anchor: 'objectGUID', passwordAttribute: 'unicodePwd' });
  expect(rest.disableMethod).toBe('userAccountControl');
  expect(delta).toMatchObject({ strategy: 'usnChanged', ready: true });
  expect(text).not.toContain('Better');
});
