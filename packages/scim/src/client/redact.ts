import { isList, isObject, type ScimObject, type ScimValue } from '../value.ts';

/** Shorter texts occur by chance, and blanking them would make a message unreadable. */
const shortestSecret = 4;

/** A function that takes the secrets of a request out of a text: its token, and every password in its body. */
export function redactor(token: string, body: ScimObject | undefined): (text: string) => string {
  const secrets = [token, ...(body === undefined ? [] : passwordsIn(body))]
    .filter((each) => each.length >= shortestSecret)
    .flatMap(spellings);
  return (text) => secrets.reduce((result, secret) => result.replaceAll(secret, '•••'), text);
}

/** A target may quote its request: as JSON, or as an address. */
function spellings(secret: string): readonly string[] {
  return [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret.toWellFormed())];
}

function passwordsIn(value: ScimValue): readonly string[] {
  if (isList(value)) return value.flatMap(passwordsIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, each]) =>
    /password|secret/i.test(name) && typeof each === 'string' ? [each] : passwordsIn(each),
  );
}
