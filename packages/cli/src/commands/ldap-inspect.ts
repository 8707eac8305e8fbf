import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  fetchCertificate,
  type InspectionReach,
  inspectDirectory,
  inspectionSettings,
  printCertificates,
  printInspection,
  summaryOf,
} from '@joinery/connector-ldap';
import { problem } from '@joinery/problems';
import { silentLogger, systemClock, systemErrorCode, systemRandom } from '@joinery/runtime';
import { Command } from 'commander';
import type { CommandContext, ContextFor } from '../command-context.ts';
import { parseLdapUrl } from '../ldap-url.ts';
import { readSecretLine } from '../secret-line.ts';

interface Words {
  readonly startTls?: boolean;
  readonly bindDn?: string;
  readonly passwordFile?: string;
  readonly ca?: string;
  readonly base?: string;
  readonly json?: boolean;
}

/** `joinery ldap inspect`: says what a directory server is and what a connector will do with it; writes nothing to it. */
export function ldapInspectCommand(contextFor: ContextFor): Command {
  return new Command('inspect')
    .argument('<url>', 'ldap://host[:port] or ldaps://host[:port]')
    .option('--start-tls', 'encrypt an ldap:// connection by StartTLS')
    .option('--bind-dn <name>', 'the account, e.g. cn=admin,dc=contoso,dc=lab; nobody when it is left out')
    .option(
      '--password-file <file>',
      'a file whose first line is the password; otherwise it is asked for, or read from a pipe',
    )
    .option('--ca <file>', 'PEM file of the authority that issued the server’s certificate (default: the system’s)')
    .option('--base <dn>', 'look for people below this entry only (default: every naming context)')
    .option('--json', 'one JSON object a line')
    .description(
      'Say what a directory server is, what it can do, and what a connector for it would need; changes nothing.',
    )
    .addHelpText(
      'after',
      '\nThe server’s certificates are shown before anything is trusted or sent.\n\nExample:\n  joinery ldap inspect ldaps://ldap.contoso.lab --bind-dn cn=connector,dc=contoso,dc=lab --ca ca.pem',
    )
    .action(async (url: string, words: Words) => {
      const context = contextFor(words);
      const { output, signal } = context;
      const { server, ldaps, base: inUrl } = parseLdapUrl(url);
      if (ldaps && words.startTls === true) {
        throw problem('CLI_USAGE', 'StartTLS is for ldap:// addresses; ldaps:// is encrypted from the start.', {
          place: '--start-tls',
        });
      }
      const transport: InspectionReach['transport'] = ldaps ? 'ldaps' : words.startTls === true ? 'startTls' : 'clear';
      const settings = inspectionSettings({
        server,
        transport,
        account: await accountOf(words, context),
        authorityFile: words.ca === undefined ? undefined : resolve(context.workingFolder, words.ca),
      });
      const parts = { clock: systemClock, random: systemRandom, logger: silentLogger, folder: context.workingFolder };
      const certificates =
        transport === 'clear' ? [] : await fetchCertificate(settings, { server, ...parts }, deadline(signal));
      if (certificates.length > 0) output.block('Certificates', printCertificates(certificates), { certificates });
      const inspection = await output.during(`Asking ${server.host}`, () =>
        inspectDirectory({ settings, parts, base: words.base ?? inUrl, certificates }, signal),
      );
      if (words.json !== true) {
        for (const { title, text } of printInspection(inspection)) output.block(title, text);
      }
      for (const warning of inspection.warnings) output.warn(warning);
      output.done(summaryOf(inspection), { ...inspection });
    });
}

/** The time for a handshake in which nothing is verified. */
function deadline(signal: AbortSignal): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(10_000)]);
}

async function accountOf(
  { bindDn, passwordFile }: Words,
  { stdin, signal, workingFolder }: CommandContext,
): Promise<InspectionReach['account']> {
  if (bindDn === undefined) {
    if (passwordFile === undefined) return undefined;
    throw problem('CLI_USAGE', 'A password needs an account.', { place: '--bind-dn' });
  }
  const password =
    passwordFile === undefined
      ? await readSecretLine(stdin, `Password of ${bindDn}: `, process.stderr, signal)
      : await firstLine(resolve(workingFolder, passwordFile));
  return { user: bindDn, password };
}

async function firstLine(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).split(/\r?\n/, 1)[0] ?? '';
  } catch (error) {
    throw problem('CLI_USAGE', `The file cannot be read (${systemErrorCode(error) ?? 'unknown reason'}).`, {
      place: file,
      cause: error,
    });
  }
}
