import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '@joinery/runtime';
import { hasModule, type SlapdPrograms } from './slapd-programs.ts';

/** Where the demo's people are. */
export const suffix = 'dc=contoso,dc=lab';
export const peopleDn = `ou=people,${suffix}`;
export const adminDn = `cn=admin,${suffix}`;
const policyDn = `cn=default,ou=policies,${suffix}`;

/** The server's configuration as LDIF for `slapadd -n 0`. */
export function slapdConfig(
  { schemaFolder, moduleFolder }: SlapdPrograms,
  databaseFolder: string,
  passwordHash: string,
): string {
  const modules = ['back_mdb', 'ppolicy'].filter((name) => moduleFolder !== undefined && hasModule(moduleFolder, name));
  // ppolicy's own schema is built in since OpenLDAP 2.5.
  const schemas = ['core', 'cosine', 'inetorgperson', 'ppolicy'].map((name) => join(schemaFolder, `${name}.ldif`));
  return [
    entry('cn=config', ['objectClass: olcGlobal', 'cn: config']),
    ...(moduleFolder === undefined || modules.length === 0
      ? []
      : [
          entry('cn=module{0},cn=config', [
            'objectClass: olcModuleList',
            'cn: module{0}',
            `olcModulePath: ${moduleFolder}`,
            ...modules.map((name) => `olcModuleLoad: ${name}`),
          ]),
        ]),
    entry('cn=schema,cn=config', ['objectClass: olcSchemaConfig', 'cn: schema']),
    ...schemas.filter((file) => existsSync(file)).map((file) => `include: file://${file}\n`),
    entry('olcDatabase={1}mdb,cn=config', [
      'objectClass: olcDatabaseConfig',
      'objectClass: olcMdbConfig',
      'olcDatabase: {1}mdb',
      `olcSuffix: ${suffix}`,
      `olcRootDN: ${adminDn}`,
      `olcRootPW: ${passwordHash}`,
      `olcDbDirectory: ${databaseFolder}`,
      'olcDbIndex: objectClass,entryUUID,mail eq',
    ]),
    entry('olcOverlay={0}ppolicy,olcDatabase={1}mdb,cn=config', [
      'objectClass: olcOverlayConfig',
      'objectClass: olcPPolicyConfig',
      'olcOverlay: {0}ppolicy',
      `olcPPolicyDefault: ${policyDn}`,
    ]),
  ].join('\n');
}

/** The entries that the directory starts with, and the people whom it knew before. */
export function firstEntries(
  people: readonly { readonly cn: string; readonly sn: string; readonly mail: string }[],
): string {
  const unit = (name: string): string =>
    entry(`ou=${name},${suffix}`, ['objectClass: organizationalUnit', `ou: ${name}`]);
  return [
    entry(suffix, ['objectClass: dcObject', 'objectClass: organization', 'dc: contoso', 'o: Contoso']),
    unit('people'),
    unit('policies'),
    // Without pwdLockout the overlay ignores pwdAccountLockedTime.
    entry(policyDn, [
      'objectClass: device',
      'objectClass: pwdPolicy',
      'cn: default',
      'pwdAttribute: userPassword',
      'pwdLockout: TRUE',
    ]),
    ...people.map(({ cn, sn, mail }) => {
      const uid = mail.replace(/@.*/, '');
      return entry(`uid=${uid},${peopleDn}`, [
        'objectClass: inetOrgPerson',
        `uid: ${uid}`,
        ...[`cn:: ${base64(cn)}`, `sn:: ${base64(sn)}`, `mail: ${mail}`],
      ]);
    }),
  ].join('\n');
}

/** `{SSHA}`: what every slapd understands without a module. */
export function hashed(password: string, random: Random): string {
  const salt = random.bytes(8);
  const digest = createHash('sha1').update(password).update(salt).digest();
  return `{SSHA}${Buffer.concat([digest, salt]).toString('base64')}`;
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

function entry(dn: string, lines: readonly string[]): string {
  return `dn: ${dn}\n${lines.join('\n')}\n`;
}
