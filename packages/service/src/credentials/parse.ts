import { isAbsolute } from 'node:path';
import { problem } from '@joinery/problems';
import { suggestion } from '@joinery/runtime';
import { credentialNames, isSecretCredential, secretMask, trustedCertificateFile } from './names.ts';

/** One pair of the wire; a null value takes the name out of the set. */
export interface CredentialPair {
  readonly key: string;
  readonly value: string | null;
}

/** The values of one application by their names. */
export type Credentials = ReadonlyMap<string, string>;

/**
 * The whole set that a PUT asks for: PUT replaces (graph sheet 17).
 * @param pairs as sent
 * @param stored what masked secrets stand for
 * @throws SERVICE_SECRET_INVALID; no message quotes a value
 */
export function parseCredentials(pairs: readonly CredentialPair[], stored: Credentials): Credentials {
  const credentials = new Map<string, string>();
  for (const { key, value } of pairs) {
    if (!credentialNames.includes(key)) {
      throw invalid(key.slice(0, 100), `There is no key "${key.slice(0, 100)}".${suggestion(key, credentialNames)}`);
    }
    if (credentials.has(key)) throw invalid(key, `The key "${key}" is given twice.`);
    const kept = isSecretCredential(key) && value === secretMask ? stored.get(key) : value;
    if (kept === undefined) throw invalid(key, `There is no stored value of "${key}" to keep.`);
    if (kept === null || kept === '') continue;
    checkValue(key, kept);
    credentials.set(key, kept);
  }
  return credentials;
}

function checkValue(key: string, value: string): void {
  if (value.length > 16_384 || value.includes('\u0000'))
    throw invalid(key, `The value of "${key}" is too long or no text.`);
  switch (key) {
    case 'BaseAddress': {
      const url = URL.parse(value);
      if (url?.protocol !== 'https:') throw invalid(key, 'The base address is an https URL.');
      if (url.username !== '' || url.password !== '')
        throw invalid(key, 'The base address carries no user and password.');
      return;
    }
    case trustedCertificateFile:
      if (!isAbsolute(value)) throw invalid(key, 'The certificate file is named by its absolute path.');
      return;
    case 'SecretToken':
      // What an HTTP header cannot carry would fail at every request with a riddle.
      if (!/^[\x21-\x7e]+$/.test(value)) throw invalid(key, 'The secret token has visible ASCII characters only.');
      return;
    case 'SyncAll':
    case 'SkipOutOfScopeDeletions':
      if (readSwitch(value) === undefined) throw invalid(key, `The value of "${key}" is True or False.`);
  }
}

/** `True`, `1`, `False`, `0` in any case; undefined for anything else (engine sheet 11). */
export function readSwitch(text: string | undefined): boolean | undefined {
  switch (text?.toLowerCase()) {
    case 'true':
    case '1':
      return true;
    case 'false':
    case '0':
      return false;
    default:
      return undefined;
  }
}

function invalid(place: string, detail: string): Error {
  return problem('SERVICE_SECRET_INVALID', detail, { place });
}
