import { isList, isObject, type ScimValue } from '@joinery/scim';

/** What stands in a log where a secret was (engine sheet 19). */
export const redacted = '[Redact]';

/** A value as `modifiedProperties` prints it. A secret shows only whether there is one. */
export function logged(value: ScimValue | undefined, secret: boolean): string | null {
  if (value === undefined || value === null) return null;
  if (secret) return redacted;
  if (isList(value) || isObject(value)) {
    return JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? inner.toString() : inner));
  }
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return String(value);
}

/** A text of the target with every secret taken out: targets repeat what they refuse. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  // Short texts occur in any sentence by chance; a secret of fewer than four characters hides nothing anyway.
  return secrets
    .filter((secret) => secret.length >= 4)
    .reduce((left, secret) => left.replaceAll(secret, redacted), text);
}
