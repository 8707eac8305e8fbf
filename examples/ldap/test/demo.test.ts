import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../../testing/folder.ts';
import { runDemoProcess } from '../../contoso/test/run-demo.ts';

describe('joinery demo --connector ldap', { timeout: 120_000 }, () => {
  test('provisions everyone to a slapd of its own, shows the entries, ends slapd and says how to go on', async () => {
    const folder = join(await temporaryFolder(), 'demo');
    const words = ['--connector', 'ldap', '--home', folder, '--json'];
    const { code, stdout, stderr } = await runDemoProcess({ words });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines: Record<string, unknown>[] = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.filter((line) => 'cycle' in line)).toMatchObject([
      { cycle: 'initial', counts: { read: 25, created: 20, updated: 4, failed: 0 } },
      { cycle: 'incremental', counts: { read: 4, updated: 1, disabled: 2, deleted: 1, failed: 0 } },
      { cycle: 'incremental', counts: { read: 0, updated: 0, skipped: 0 } },
    ]);
    const after = String(lines.find(({ step }) => step === 'ldapsearch after')?.text);
    const entries = new Map(
      after
        .trim()
        .split('\n\n')
        .map((entry) => [/^dn: uid=(.+?),/.exec(entry)?.[1], entry]),
    );
    expect(entries.size).toBe(25);
    expect(entries.has('null')).toBe(false);
    expect(entries.get('zoe.aeroskobing')).toContain('cn: Zoë Ærøskøbing');
    expect(entries.get('taro.yamada')).toContain('cn: 山田 太郎');
    for (const name of ['lukasz.zolc', 'noa.levi']) expect(entries.get(name)).toContain('pwdAccountLockedTime: 0000');
    expect(after.match(/pwdAccountLockedTime/g)).toHaveLength(2);
    expect(lines.at(-1)).toMatchObject({
      outcome: 'done',
      next: [expect.stringContaining('slapd -F '), expect.stringContaining('host start'), expect.anything()],
    });
    const password = await readFile(join(folder, 'slapd', 'admin-password'), 'utf8');
    expect(stdout).not.toContain(password);
    expect(await readFile(join(folder, 'slapd', 'slapd.pid'), 'utf8').catch(() => 'ended')).toBe('ended');
  });

  test('that was killed goes on where it was, and ends the slapd that was left behind', async () => {
    const folder = join(await temporaryFolder(), 'demo');
    const words = ['--connector', 'ldap', '--home', folder, '--json'];
    // Everybody is assigned, nobody is provisioned.
    const killed = await runDemoProcess({ words, env: { JOINERY_FAIL_POINT: 'engine.intents.before' } });
    expect([killed.signal, killed.stderr]).toEqual(['SIGKILL', '']);
    const leftOver = Number(await readFile(join(folder, 'slapd', 'slapd.pid'), 'utf8'));
    expect(() => process.kill(leftOver, 0)).not.toThrow();
    const { code, stdout, stderr } = await runDemoProcess({ words });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(() => process.kill(leftOver, 0)).toThrow();
    expect(stdout).toContain('"resumed":true');
    expect(stdout.match(/dn: uid=/g)?.length).toBeGreaterThan(25);
  });

  test('without OpenLDAP it says what to install, in one sentence', async () => {
    const cwd = await temporaryFolder();
    await mkdir(join(cwd, 'empty'));
    // Its tools are looked for on the path alone; servers are also where systems put them.
    const env = { PATH: join(cwd, 'empty') };
    const { code, stdout, stderr } = await runDemoProcess({ words: ['--connector', 'ldap'], env, cwd });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^CLI_DEMO_PROGRAM_MISSING: .*apt-get install slapd ldap-utils.*\n$/);
  });
});
