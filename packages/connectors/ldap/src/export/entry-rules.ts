import type { CSEntryChange, SchemaType } from '@joinery/connector';
import type { AttributeValues, Modification } from '../protocol/request.ts';
import type { ExportFault } from './fault.ts';

/** Reads values of the entry that is to be changed, as octets, by name in lower case; absent attributes are left out. */
export type ReadPresent = (attributes: readonly string[]) => Promise<ReadonlyMap<string, readonly Uint8Array[]>>;

/**
 * What a kind of server wants besides the attributes as they are mapped: virtual attributes such as `_accountDisabled`, passwords,
 * rules of Active Directory. Where attribute changes become modifications, the rules have the last word.
 */
export interface EntryRules {
  /** True for an attribute that the rules turn into others; it is not sent as it is. */
  takes(attribute: string): boolean;
  /** Why an entry is not sent at all; undefined where it may be. */
  refuse(entry: CSEntryChange, type: SchemaType): ExportFault | undefined;
  /** The attributes of an Add. @param attributes what comes of all that {@link takes} does not take */
  add(entry: CSEntryChange, attributes: readonly AttributeValues[]): readonly AttributeValues[];
  /** The modifications of an Update or Replace. @param modifications what comes of all that {@link takes} does not take */
  modify(
    entry: CSEntryChange,
    modifications: readonly Modification[],
    read: ReadPresent,
  ): Promise<readonly Modification[]>;
  /** Why an entry that is to be deleted is kept; undefined where it may go. */
  keeps(entry: CSEntryChange, read: ReadPresent): Promise<ExportFault | undefined>;
  /** True for attributes whose values must never be shown, in any form. */
  isSecret(attribute: string): boolean;
}

/** No rules: everything goes as it is mapped. */
export const noRules: EntryRules = {
  takes: () => false,
  refuse: () => undefined,
  add: (_, attributes) => attributes,
  modify: async (_, modifications) => modifications,
  keeps: async () => undefined,
  isSecret: () => false,
};
