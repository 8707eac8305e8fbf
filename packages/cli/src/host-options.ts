import { join } from 'node:path';
import { connectorRegistry } from '@joinery/connector';
import { csvConnector } from '@joinery/connector-csv';
import { ldapConnector } from '@joinery/connector-ldap';
import { type HomeOptions, hostSettings } from '@joinery/host';
import {
  createLogger,
  type LogLevel,
  loadSettings,
  Redactor,
  settingOptions,
  silentLogger,
  systemClock,
  systemRandom,
} from '@joinery/runtime';
import type { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import { homeFolder } from './managed-host.ts';

/** The connectors that this command knows. */
export const registry = connectorRegistry([csvConnector, ldapConnector]);

/** What commander hands to a host command. */
export type HostWords = Readonly<Record<string, string | boolean | undefined>>;

/** Adds `--home`, `--json` and one option per host setting. */
export function withHostOptions(command: Command): Command {
  command.option('--home <folder>', 'the host’s folder (default: the platform’s data folder; JOINERY_HOME)');
  command.option('--json', 'one JSON object a line');
  for (const { flags, description } of settingOptions(hostSettings)) command.option(flags, description);
  return command;
}

/**
 * Reads `host.yaml`, the environment and the options into what the host is started with.
 * @param log `always` for a process that serves; `asked` for a command that ends with its findings, which are not said twice unless `--log-level` asks for it
 */
export function hostOptions(
  words: HostWords,
  context: CommandContext,
  log: 'always' | 'asked',
): HomeOptions & { readonly redactor: Redactor } {
  const { home: named, json: _, connector: __, acceptLosses: ___, ...overrides } = words;
  const home = homeFolder(typeof named === 'string' ? named : undefined, context);
  const settings = loadSettings(hostSettings, {
    file: join(home, 'host.yaml'),
    fileMayBeMissing: true,
    env: context.env,
    overrides,
    workingDirectory: context.workingFolder,
  });
  const redactor = new Redactor();
  const level: LogLevel = settings.logLevel;
  const logger =
    log === 'asked' && words.logLevel === undefined
      ? silentLogger
      : createLogger({ stream: process.stderr, level, clock: systemClock, redactor, fields: { room: 'host' } });
  return { home, settings, registry, clock: systemClock, random: systemRandom, logger, redactor, env: context.env };
}
