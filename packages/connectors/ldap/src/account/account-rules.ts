import { type CSEntryChange, nameKey, type SchemaType } from '@joinery/connector';
import type { Directory } from '../connection/connection.ts';
import type { LdapContext } from '../context.ts';
import type { DisableMethod } from '../detection/profile.ts';
import type { EntryRules, ReadPresent } from '../export/entry-rules.ts';
import type { ExportFault } from '../export/fault.ts';
import { madeAttributes } from '../import/entry-plan.ts';
import { PasswordForm } from '../password/password-form.ts';
import type { AttributeValues, Modification } from '../protocol/request.ts';
import { wrongName } from './active-directory-names.ts';
import { addedControl, changedControl } from './control-writes.ts';
import { addedFlag, replacedFlag } from './disabling.ts';
import { isMicrosoft, isWindowsDomain } from './families.ts';
import { keptLock } from './kept-lock.ts';
import { accountControl } from './user-account-control.ts';
import { asksForDisabled, newValue, wantedDisabled } from './wanted-state.ts';

/** What each kind of server wants of accounts besides the attributes as they are mapped (LDAP sheet 5.7, 6.2). */
export function accountRules(context: LdapContext): EntryRules {
  return new AccountRules(context);
}

class AccountRules implements EntryRules {
  readonly #context: LdapContext;
  readonly #password: PasswordForm;
  readonly #method: DisableMethod | undefined;

  constructor(context: LdapContext) {
    this.#context = context;
    this.#password = new PasswordForm(context);
    this.#method = context.profile.disableMethod;
  }

  takes(attribute: string): boolean {
    return nameKey(attribute) === nameKey(madeAttributes.accountDisabled) || this.#password.isPassword(attribute);
  }

  isSecret(attribute: string): boolean {
    return this.#password.isPassword(attribute);
  }

  refuse(entry: CSEntryChange, { name }: SchemaType): ExportFault | undefined {
    if (entry.objectModificationType === 'Delete') return undefined;
    if (wantedDisabled(entry) !== undefined && this.#method === undefined) return cannotDisable(this.#context);
    if (this.#passwordChange(entry) !== undefined) {
      const unsafe = this.#password.whyNotSent();
      if (unsafe !== undefined) return unsafe;
    }
    return isWindowsDomain(this.#context.profile.kind) ? wrongName(entry, this.#isPerson(name)) : undefined;
  }

  add(entry: CSEntryChange, attributes: readonly AttributeValues[]): readonly AttributeValues[] {
    const password = this.#written(entry);
    const all = [...attributes, ...password];
    const disabled = wantedDisabled(entry);
    if (this.#method === 'userAccountControl') {
      if (this.#isPerson(entry.objectType)) {
        if (password.length === 0 && !asksForDisabled(entry)) tellOfMissingPassword(this.#context);
        return addedControl(entry, all, accountControl.normalAccount, password.length > 0);
      }
      // Computers get their passwords otherwise.
      return disabled === undefined ? all : addedControl(entry, all, accountControl.workstation, true);
    }
    if (this.#method === undefined || disabled === undefined) return all;
    // What is mapped to the server's own attribute gives way: two values would be refused.
    return [...without(all, this.#method), ...addedFlag(this.#method, disabled)];
  }

  async modify(
    entry: CSEntryChange,
    modifications: readonly Modification[],
    read: ReadPresent,
  ): Promise<readonly Modification[]> {
    const change = this.#passwordChange(entry);
    const password = this.#written(entry).map((each): Modification => ({ ...each, operation: 'replace' }));
    const cleared: readonly Modification[] =
      change !== undefined && password.length === 0
        ? [{ operation: 'replace', type: change.name, values: [] }]
        : password;
    const all = [...modifications, ...cleared];
    if (this.#method === 'userAccountControl') return changedControl(entry, all, read);
    const disabled = wantedDisabled(entry);
    const lock = password.length > 0 && disabled !== false ? await keptLock(this.#method, read) : [];
    if (lock.length > 0 || this.#method === undefined || disabled === undefined) return [...all, ...lock];
    return [...without(all, this.#method), replacedFlag(this.#method, disabled)];
  }

  async keeps({ objectModificationType, dn }: CSEntryChange, read: ReadPresent): Promise<ExportFault | undefined> {
    if (objectModificationType !== 'Delete' || !isMicrosoft(this.#context.profile.kind)) return undefined;
    const attribute = 'isCriticalSystemObject';
    const value = (await read([attribute])).get(attribute.toLowerCase())?.[0];
    if (value === undefined || Buffer.from(value).toString('utf8').toUpperCase() !== 'TRUE') return undefined;
    return {
      errorCode: 'ExportErrorPermissionIssue',
      errorName: 'criticalSystemObject',
      errorDetail: `"${dn ?? ''}" is one of the objects that the domain cannot do without (isCriticalSystemObject). It is not deleted.`,
    };
  }

  #passwordChange({ attributeChanges }: CSEntryChange) {
    return attributeChanges.find(({ name }) => this.#password.isPassword(name));
  }

  /** The password that the mapping brings, as the server wants it. */
  #written(entry: CSEntryChange): readonly AttributeValues[] {
    const change = this.#passwordChange(entry);
    const value = change === undefined ? undefined : newValue(change);
    if (change === undefined || value === undefined || value === '') return [];
    return [{ type: change.name, values: [this.#password.mapped(value)] }];
  }

  /** Accounts of people; computers and service accounts have other values of their own. */
  #isPerson(objectType: string): boolean {
    const lineage = this.#context.schema.lineage(objectType);
    return lineage.has('user') && !lineage.has('computer');
  }
}

const told = new WeakSet<Directory>();

/** Says once for each connector why accounts may be disabled that nobody wanted so: whether a password follows is not known to an Add. */
function tellOfMissingPassword({ directory, logger }: LdapContext): void {
  if (told.has(directory)) return;
  told.add(directory);
  logger.info(
    {},
    'accounts are made disabled and enabled with their first password; without export_password they stay disabled',
  );
}

function without<T extends AttributeValues>(all: readonly T[], attribute: string): readonly T[] {
  return all.filter(({ type }) => nameKey(type) !== nameKey(attribute));
}

function cannotDisable({ profile }: LdapContext): ExportFault {
  const why =
    profile.kind === 'OpenLDAP'
      ? 'OpenLDAP does so where the overlay ppolicy is loaded and a policy with pwdLockout is in force'
      : `${profile.product} has no way of its own that is known`;
  return {
    errorCode: 'ExportErrorInvalidProvisioningAttributeValue',
    errorName: 'cannotBeDisabled',
    errorDetail: `Accounts cannot be disabled here: ${why}. Map an attribute of the directory instead of "${madeAttributes.accountDisabled}".`,
  };
}
