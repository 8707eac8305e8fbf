import { nameKey, type Schema } from '@joinery/connector';
import type { LdapContext } from '../context.ts';
import { isNeverRead } from '../import/never-read.ts';
import type { OctetString } from '../protocol/filter.ts';
import type { AttributeValues } from '../protocol/request.ts';
import type { EntryRules } from './entry-rules.ts';
import type { ExportMemory } from './export-memory.ts';

/** What the writes of one export have in common. */
export class ExportScope {
  readonly context: LdapContext;
  /** The selected types and attributes, with the effective anchors. */
  readonly schema: Schema;
  readonly rules: EntryRules;
  readonly memory: ExportMemory;

  constructor(context: LdapContext, schema: Schema, rules: EntryRules, memory: ExportMemory) {
    this.context = context;
    this.schema = schema;
    this.rules = rules;
    this.memory = memory;
  }

  /** True for a control that works here, as far as is known. */
  supports(oid: string): boolean {
    return this.context.profile.controls.has(oid) && !this.memory.refusedControls.has(oid);
  }

  /** One form for every NAME and OID of an attribute, without options. */
  attributeKey(description: string): string {
    return nameKey(this.context.schema.attributeType(description)?.name ?? description.split(';')[0] ?? description);
  }

  /** Values in these attributes that must not be shown, whatever a server says of them. */
  secretsOf(attributes: readonly AttributeValues[]): readonly OctetString[] {
    return attributes.flatMap(({ type, values }) => (this.#isSecret(this.attributeKey(type)) ? values : []));
  }

  #isSecret(name: string): boolean {
    return isNeverRead(this.context, name) || this.rules.isSecret(name);
  }
}
