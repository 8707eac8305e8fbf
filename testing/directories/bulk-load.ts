import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { run } from './run-program.ts';
import type { Slapd } from './slapd.ts';

/**
 * Fills a slapd of one's own with people of 18 attributes, as the measurements have them (LDAP sheet 9): `uid=u0000001,ou=people,…`.
 * It is stopped meanwhile; 100,000 people take about 7 s.
 */
export async function bulkLoad(slapd: Slapd, people: number): Promise<void> {
  await loadLdif(slapd, ldifOfPeople(slapd.suffix, people));
}

/** Loads LDIF through slapadd, with the server stopped meanwhile. */
export async function loadLdif(slapd: Slapd, ldif: Iterable<string>): Promise<void> {
  await slapd.stop();
  const file = join(slapd.folder, 'bulk.ldif');
  await pipeline(Readable.from(ldif), createWriteStream(file));
  await run('/usr/sbin/slapadd', ['-q', '-n', String(slapd.databaseNumber), '-F', slapd.configFolder, '-l', file]);
  await rm(file);
  await slapd.start();
}

function* ldifOfPeople(suffix: string, people: number): Generator<string> {
  let block = '';
  for (let number = 1; number <= people; number += 1) {
    block += person(suffix, number);
    if (number % 500 === 0 || number === people) {
      yield block;
      block = '';
    }
  }
}

function person(suffix: string, number: number): string {
  const uid = `u${String(number).padStart(7, '0')}`;
  const given = GIVEN_NAMES[number % GIVEN_NAMES.length];
  const family = `${FAMILY_NAMES[number % FAMILY_NAMES.length]}${number}`;
  return `dn: uid=${uid},ou=people,${suffix}
objectClass: inetOrgPerson
objectClass: posixAccount
uid: ${uid}
cn: ${given} ${family}
sn: ${family}
givenName: ${given}
displayName: ${given} ${family}
mail: ${uid}@contoso.lab
employeeNumber: ${number}
employeeType: regular
departmentNumber: ${number % 100}
title: Engineer ${number % 7}
telephoneNumber: +1 555 ${String(number).padStart(7, '0')}
l: Redmond
uidNumber: ${100_000 + number}
gidNumber: 100
homeDirectory: /home/${uid}
gecos: ${given} ${family}
loginShell: /bin/bash

`;
}

const GIVEN_NAMES = ['Ada', 'Grace', 'Alan', 'Barbara', 'Edsger', 'Radia', 'Donald', 'Frances'];
const FAMILY_NAMES = ['Byron', 'Hopper', 'Turing', 'Liskov', 'Dijkstra', 'Perlman', 'Knuth'];
