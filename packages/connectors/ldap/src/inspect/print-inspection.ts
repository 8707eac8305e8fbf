import { strategyLabel } from '../configuration/directory-parameters.ts';
import type { PresentedCertificate } from '../connection/tls/presented-certificate.ts';
import type { Ability, BaseView, DeltaReadiness, Inspection } from './inspection.ts';

/** A part of the readable answer. */
export interface Section {
  readonly title: string;
  readonly text: string;
}

/** Certificates as a person compares them before trusting them (LDAP sheet 1.3, 5.8). */
export function printCertificates(certificates: readonly PresentedCertificate[]): string {
  return certificates
    .map((certificate) =>
      table([
        ['Subject', certificate.subject],
        ['Issuer', certificate.issuer],
        ['Names', certificate.names.join(', ') || 'none'],
        ['Valid', `${day(certificate.notBefore)} to ${day(certificate.notAfter)}`],
        ['SHA-256', certificate.fingerprint],
        ['SHA-1', certificate.fingerprintSha1],
      ]),
    )
    .join('\n\n');
}

/** The readable answer, apart from the certificates, which come before the bind. */
export function printInspection(inspection: Inspection): readonly Section[] {
  const { server, schema, kind, reason, uniqueId, anchor } = inspection;
  const sections: Section[] = [
    {
      title: 'Server',
      text: table([
        ['Address', `${server.host}:${server.port}, ${inspection.encrypted ? 'encrypted' : 'not encrypted'}`],
        ['Product', inspection.product],
        ['Kind', `${kind}: ${reason}`],
        ['Schema', `${schema.classes} object classes, ${schema.attributes} attributes${left(schema.skipped)}`],
        ['Contexts', inspection.contexts.map(({ dn, system }) => (system ? `${dn} (the server’s own)` : dn))],
        ['People', inspection.bases.map(seen)],
        ['SASL', inspection.saslMechanisms.join(', ') || 'none'],
      ]),
    },
    {
      title: 'What a connector will do',
      text: table([
        ['Person', inspection.personClass],
        ['Anchor', anchor],
        ...(uniqueId === undefined || uniqueId === anchor
          ? []
          : [['Better', `${uniqueId} stays when an entry is renamed: Allow manual anchor selection`] as const]),
        ['Changes', changes(inspection.delta)],
        ['Password', inspection.passwordAttribute],
        ['Disabling', inspection.disableMethod ?? 'this server has no way of its own that is known'],
      ]),
    },
    {
      title: 'What its account needs',
      text: table([
        ['Rights', inspection.rights],
        ['Limits', inspection.limits],
      ]),
    },
    { title: 'Controls', text: abilities(inspection.controls) },
    { title: 'Extended operations', text: abilities(inspection.extensions) },
    { title: 'Features', text: abilities(inspection.features) },
    { title: 'Good to know', text: inspection.traps.join('\n') },
  ];
  return sections.filter(({ text }) => text !== '');
}

function changes(delta: DeltaReadiness): readonly string[] {
  const { strategy, logDn, ready, finding, needs } = delta;
  if (strategy === undefined) return [`full imports only: ${needs}`];
  const where = (strategy === 'accessLog' || strategy === 'changeLog') && logDn !== undefined ? ` in ${logDn}` : '';
  return [`${strategyLabel(strategy)}${where}`, finding, ...(ready ? [] : [needs])];
}

function seen({ dn, state, people }: BaseView): string {
  switch (state) {
    case 'readable':
      return `${dn}: ${people.toLocaleString('en')} seen`;
    case 'limited':
      return `${dn}: the server stops after ${people.toLocaleString('en')}`;
    case 'empty':
      return `${dn}: none`;
    case 'missing':
      return `${dn}: there is no such entry`;
    case 'unreadable':
      return `${dn}: the account sees nothing`;
  }
}

function abilities(all: readonly Ability[]): string {
  const named = all.flatMap((each): readonly (readonly [string, string])[] => {
    if (each.name === undefined) return [];
    const what = `${each.name} (${each.oid})`;
    return [[verdict(each), each.use === undefined ? what : `${what}: ${each.use}`]];
  });
  const others = all.filter(({ name }) => name === undefined).map(({ oid }) => oid);
  return table(others.length === 0 ? named : [...named, ['others', others.join(', ')]]);
}

function verdict({ listed, works }: Ability): string {
  if (works) return listed ? 'yes' : 'yes, unlisted';
  return listed ? 'no, though listed' : 'no';
}

function left(skipped: number): string {
  return skipped === 0 ? '' : `, ${skipped} definitions left out`;
}

/** Lines of a name and its texts, the texts below each other. */
function table(rows: readonly (readonly [string, string | readonly string[]])[]): string {
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return rows
    .flatMap(([name, texts]) => {
      const all = typeof texts === 'string' ? [texts] : texts;
      return (all.length === 0 ? ['none'] : all).map((text, index) => {
        return `${(index === 0 ? name : '').padEnd(width)}  ${text}`;
      });
    })
    .join('\n');
}

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
