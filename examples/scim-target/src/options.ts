import { parseArgs } from 'node:util';
import { problem } from '@joinery/problems';
import type { ScimProfile } from '@joinery/scim';
import { type StoreName, storeNames } from './stores.ts';

export const help = `Usage: npm run scim-target -- [options]

Starts a SCIM 2.0 server on loopback, prints one JSON line {"base": …, "token": …} and runs until it is interrupted.
What it holds ends with it, except on postgres.

Options:
  --store <name>    ${storeNames.join(', ')} (default: memory)
                    postgres takes a database of its own by DATABASE_URL, and leaves its tables there
  --users <number>  users to begin with, at most 10,000,000 (default: 0)
  --port <number>   0 takes a free one (default: 0)
  --profile <name>  entra also takes what Microsoft's clients send, strict the RFCs alone (default: entra)
                    (memory and sqlite)
  --help            this text

Example:
  npm run --silent scim-target -- --store sqlite --users 100000 --port 8580
  curl -H "Authorization: Bearer $TOKEN" 'http://127.0.0.1:8580/scim/Users?filter=userName+eq+"user00000042@contoso.example"'
`;

export interface Words {
  readonly help: boolean;
  readonly store: StoreName;
  readonly users: number;
  readonly port: number;
  readonly profile: ScimProfile;
}

const profiles = ['entra', 'strict'] as const;

/**
 * Reads the command line.
 * @throws CLI_USAGE
 */
export function readWords(words: readonly string[]): Words {
  const values = parse(words);
  return {
    help: values.help === true,
    store: oneOf('--store', values.store ?? 'memory', storeNames),
    users: wholeNumber('--users', values.users ?? '0', 10_000_000),
    port: wholeNumber('--port', values.port ?? '0', 65_535),
    profile: oneOf('--profile', values.profile ?? 'entra', profiles),
  };
}

function parse(words: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    const options = { store: text, users: text, port: text, profile: text, help: { type: 'boolean' } } as const;
    return parseArgs({ args: [...words], options }).values;
  } catch (cause) {
    const sentence = cause instanceof Error ? cause.message : 'the command line cannot be read.';
    throw problem('CLI_USAGE', sentence.replaceAll('\n', ' '), { cause });
  }
}

function oneOf<T extends string>(option: string, value: string, names: readonly T[]): T {
  const found = names.find((name) => name === value);
  if (found !== undefined) return found;
  throw problem('CLI_USAGE', `${option} takes ${names.join(', ')}, not '${value}'.`, { place: option });
}

function wholeNumber(option: string, value: string, most: number): number {
  const number = Number(value);
  if (/^\d{1,9}$/.test(value) && number <= most) return number;
  throw problem('CLI_USAGE', `${option} takes a whole number from 0 to ${most}, not '${value}'.`, { place: option });
}
