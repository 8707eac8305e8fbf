import type { KeyPair } from './certificates.ts';

/** An overlay of the main database beyond those that every test server has. */
export interface Overlay {
  /** The overlay's and the module's name, `unique`. */
  readonly name: string;
  readonly objectClass: string;
  /** Its settings, `olcUniqueURI: ldap:///?uid?sub`. */
  readonly settings: readonly string[];
}

export interface SlapdConfig {
  readonly folder: string;
  /** Where the main database's files are. */
  readonly database: string;
  readonly suffix: string;
  readonly adminDn: string;
  readonly adminPassword: string;
  readonly accountDn: string;
  readonly unlimitedDn: string;
  readonly caFile: string;
  readonly certificate: KeyPair;
  readonly sizeLimit: number | 'unlimited';
  readonly durable: boolean;
  readonly accessLog: boolean;
  readonly hashCleartext: boolean;
  readonly maxBytes: number;
  readonly indexes: readonly string[];
  readonly overlays: readonly Overlay[];
  /** Further lines of the main database's entry. */
  readonly settings: readonly string[];
}

/** Indexes that the connector asks for and the measured servers had (LDAP sheet 8.2). */
export const USUAL_INDEXES = [
  'objectClass,entryUUID,entryCSN,uid,cn,sn,mail,uidNumber,gidNumber,member,modifyTimestamp,createTimestamp eq',
];

/** The configuration of a test server as LDIF for `slapadd -n 0` (LDAP sheet 8.2). */
export function slapdConfig(config: SlapdConfig): string {
  const modules = ['back_mdb', 'syncprov', 'accesslog', 'sssvlv', 'ppolicy'];
  for (const { name } of config.overlays) if (!modules.includes(name)) modules.push(name);
  const base = [
    global(config),
    entry('cn=module{0},cn=config', [
      'objectClass: olcModuleList',
      'cn: module{0}',
      'olcModulePath: /usr/lib/ldap',
      ...modules.map((name) => `olcModuleLoad: ${name}`),
    ]),
  ];
  base.push(entry('cn=schema,cn=config', ['objectClass: olcSchemaConfig', 'cn: schema']));
  for (const schema of ['core', 'cosine', 'nis', 'inetorgperson'])
    base.push(`include: file:///etc/ldap/schema/${schema}.ldif\n`);
  return [...base, ...databases(config), ...overlays(config)].join('\n');
}

function global(config: SlapdConfig): string {
  return entry('cn=config', [
    'objectClass: olcGlobal',
    'cn: config',
    `olcTLSCACertificateFile: ${config.caFile}`,
    `olcTLSCertificateFile: ${config.certificate.certFile}`,
    `olcTLSCertificateKeyFile: ${config.certificate.keyFile}`,
    'olcTLSVerifyClient: try',
    'olcTLSProtocolMin: 3.3',
    `olcAuthzRegexp: {0}"^cn=connector,dc=contoso,dc=lab$" "${config.adminDn}"`,
  ]);
}

function databases(config: SlapdConfig): string[] {
  const { uid, gid } = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  const peer = `gidNumber=${gid}+uidNumber=${uid},cn=peercred,cn=external,cn=auth`;
  const sync = config.durable ? [] : ['olcDbNoSync: TRUE'];
  const unlimited = 'size.soft=unlimited size.hard=unlimited size.pr=unlimited size.prtotal=unlimited time=unlimited';
  const all = [
    entry('olcDatabase={-1}frontend,cn=config', [
      'objectClass: olcDatabaseConfig',
      'objectClass: olcFrontendConfig',
      'olcDatabase: {-1}frontend',
      `olcSizeLimit: ${config.sizeLimit}`,
    ]),
    entry('olcDatabase={0}config,cn=config', [
      'objectClass: olcDatabaseConfig',
      'olcDatabase: {0}config',
      `olcAccess: {0}to * by dn.base="${peer}" manage by * none`,
    ]),
  ];
  if (config.accessLog)
    all.push(
      entry('olcDatabase={1}mdb,cn=config', [
        'objectClass: olcDatabaseConfig',
        'objectClass: olcMdbConfig',
        'olcDatabase: {1}mdb',
        'olcSuffix: cn=accesslog',
        'olcRootDN: cn=accesslog',
        `olcDbDirectory: ${config.folder}/log-db`,
        `olcDbMaxSize: ${config.maxBytes}`,
        ...sync,
        'olcDbIndex: entryCSN,objectClass,reqEnd,reqResult,reqStart,reqDN eq',
        `olcAccess: {0}to * by dn.exact="${config.adminDn}" read by dn.exact="${config.unlimitedDn}" read by dn.exact="${config.accountDn}" read by * none`,
        `olcLimits: {0}dn.exact="${config.adminDn}" size=unlimited time=unlimited`,
        `olcLimits: {1}dn.exact="${config.unlimitedDn}" ${unlimited}`,
      ]),
    );
  all.push(
    entry(mainDatabase(config), [
      'objectClass: olcDatabaseConfig',
      'objectClass: olcMdbConfig',
      `olcDatabase: {${mainNumber(config)}}mdb`,
      `olcSuffix: ${config.suffix}`,
      `olcRootDN: ${config.adminDn}`,
      `olcRootPW: ${config.adminPassword}`,
      `olcDbDirectory: ${config.database}`,
      `olcDbMaxSize: ${config.maxBytes}`,
      ...sync,
      ...config.indexes.map((index) => `olcDbIndex: ${index}`),
      `olcAccess: {0}to attrs=userPassword by self write by anonymous auth by dn.exact="${config.unlimitedDn}" write by dn.exact="${config.accountDn}" write by * none`,
      `olcAccess: {1}to * by dn.exact="${config.unlimitedDn}" write by dn.exact="${config.accountDn}" write by users read by * none`,
      `olcLimits: {0}dn.exact="${config.unlimitedDn}" ${unlimited}`,
      ...config.settings,
    ]),
  );
  return all;
}

function overlays(config: SlapdConfig): string[] {
  const all: Overlay[] = [{ name: 'syncprov', objectClass: 'olcSyncProvConfig', settings: [] }];
  if (config.accessLog)
    all.push({
      name: 'accesslog',
      objectClass: 'olcAccessLogConfig',
      settings: [
        'olcAccessLogDB: cn=accesslog',
        'olcAccessLogOps: writes',
        'olcAccessLogSuccess: TRUE',
        'olcAccessLogPurge: 07+00:00 01+00:00',
        'olcAccessLogOld: (objectClass=*)',
      ],
    });
  all.push({ name: 'sssvlv', objectClass: 'olcSssVlvConfig', settings: [] });
  all.push({
    name: 'ppolicy',
    objectClass: 'olcPPolicyConfig',
    settings: [
      `olcPPolicyDefault: cn=default,ou=policies,${config.suffix}`,
      `olcPPolicyHashCleartext: ${config.hashCleartext ? 'TRUE' : 'FALSE'}`,
    ],
  });
  return [...all, ...config.overlays].map(({ name, objectClass, settings }, index) =>
    entry(`olcOverlay={${index}}${name},${mainDatabase(config)}`, [
      'objectClass: olcOverlayConfig',
      `objectClass: ${objectClass}`,
      `olcOverlay: {${index}}${name}`,
      ...settings,
    ]),
  );
}

/** The number of the main database, as `slapadd -n` and `slapcat -n` take it. */
export function mainNumber(config: { readonly accessLog: boolean }): number {
  return config.accessLog ? 2 : 1;
}

/** The entry of the main database in `cn=config`. */
export function mainDatabase(config: { readonly accessLog: boolean }): string {
  return `olcDatabase={${mainNumber(config)}}mdb,cn=config`;
}

function entry(dn: string, lines: readonly string[]): string {
  return `dn: ${dn}\n${lines.join('\n')}\n`;
}
