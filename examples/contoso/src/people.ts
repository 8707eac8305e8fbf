import { readFileSync } from 'node:fs';
import { packageAsset } from '@joinery/runtime';

/** A person of Contoso, in the directory's words (Graph user properties). */
export interface Person {
  readonly displayName: string;
  readonly givenName: string;
  readonly surname: string;
  readonly userPrincipalName: string;
  readonly mail: string;
  readonly mailNickname: string;
  readonly employeeId: string;
  readonly jobTitle?: string;
  readonly accountEnabled: boolean;
}

/** The 25 people of `assets/people.json`; odd names in many scripts, one without a job title. */
export function contosoPeople(): readonly Person[] {
  const people: unknown = JSON.parse(readFileSync(packageAsset(import.meta.url, '../assets/people.json'), 'utf8'));
  if (!Array.isArray(people)) throw new TypeError('assets/people.json is not a list');
  return people.map(parsePerson);
}

function parsePerson(raw: unknown): Person {
  if (typeof raw !== 'object' || raw === null)
    throw new TypeError('assets/people.json holds something that is no person');
  const text = (name: keyof Person): string => {
    const value: unknown = Reflect.get(raw, name);
    if (typeof value !== 'string') throw new TypeError(`assets/people.json: a person lacks ${name}`);
    return value;
  };
  const jobTitle: unknown = Reflect.get(raw, 'jobTitle');
  return {
    displayName: text('displayName'),
    givenName: text('givenName'),
    surname: text('surname'),
    userPrincipalName: text('userPrincipalName'),
    mail: text('mail'),
    mailNickname: text('mailNickname'),
    employeeId: text('employeeId'),
    ...(typeof jobTitle === 'string' ? { jobTitle } : {}),
    accountEnabled: Reflect.get(raw, 'accountEnabled') === true,
  };
}
