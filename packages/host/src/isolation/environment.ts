import { isSecretName } from '@joinery/runtime';

/**
 * The environment of a runner: this process's own, which drivers need (paths, locale, proxies), without anything of Joinery's and
 * anything named like a secret. The key of the vault may stand there, and no connector has to know it.
 */
export function runnerEnvironment(own: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(own)) {
    if (value === undefined || /^(JOINERY_|DATABASE_URL$)/i.test(name) || isSecretName(name)) continue;
    kept[name] = value;
  }
  return kept;
}
