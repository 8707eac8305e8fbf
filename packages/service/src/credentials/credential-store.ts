import { problem } from '@joinery/problems';
import { decryptRecord, encryptRecord, type Random, type Redactor, type VaultKey } from '@joinery/runtime';
import type { Database, Queries, Transaction } from '@joinery/store';
import { and, eq } from 'drizzle-orm';
import { credentialTable } from '../tables.ts';
import { isSecretCredential } from './names.ts';
import type { Credentials } from './parse.ts';

/** What applications need to reach their targets, sealed at rest (design decision 7). */
export class CredentialStore {
  readonly #database: Database;
  readonly #key: VaultKey;
  readonly #random: Random;
  readonly #redactor: Redactor;

  constructor(database: Database, key: VaultKey, random: Random, redactor: Redactor) {
    this.#database = database;
    this.#key = key;
    this.#random = random;
    this.#redactor = redactor;
  }

  /**
   * The values of an application, none where none were set. Hand them straight to whoever needs them.
   * @throws SERVICE_SECRET_KEY_WRONG where another key sealed them, RUNTIME_VAULT_TAMPERED
   */
  async read(tenantId: string, servicePrincipalId: string, signal: AbortSignal): Promise<Credentials> {
    signal.throwIfAborted();
    return this.#open(
      tenantId,
      servicePrincipalId,
      await this.#rows(this.#database.drizzle, tenantId, servicePrincipalId),
    );
  }

  /**
   * Replaces the whole set by what `change` makes of the stored one, in one step.
   * @param alongside what else is written in the same step
   * @throws what `change` throws; nothing is changed then
   */
  async replace(
    tenantId: string,
    servicePrincipalId: string,
    change: (stored: Credentials) => Credentials,
    signal: AbortSignal,
    alongside: (tx: Transaction, next: Credentials) => Promise<void>,
  ): Promise<void> {
    await this.#database.transaction(
      async (tx) => {
        const rows = await this.#rows(tx, tenantId, servicePrincipalId);
        const next = change(this.#open(tenantId, servicePrincipalId, rows));
        await tx.delete(credentialTable).where(this.#of(tenantId, servicePrincipalId));
        for (const [name, value] of next) {
          this.#learn(name, value);
          const secretName = { tenant: tenantId, connector: servicePrincipalId, name };
          const { nonce, ciphertext, tag } = encryptRecord(this.#key, secretName, value, this.#random);
          await tx
            .insert(credentialTable)
            .values({ tenantId, servicePrincipalId, name, keyId: this.#key.id, nonce, ciphertext, tag });
        }
        await alongside(tx, next);
      },
      { signal },
    );
  }

  #open(tenant: string, connector: string, rows: readonly (typeof credentialTable.$inferSelect)[]): Credentials {
    const credentials = new Map<string, string>();
    for (const { name, keyId, nonce, ciphertext, tag } of rows) {
      if (keyId !== this.#key.id) {
        throw problem('SERVICE_SECRET_KEY_WRONG', `The stored secrets need the key with the id ${keyId}.`);
      }
      const value = decryptRecord(
        this.#key,
        { tenant, connector, name, nonce, ciphertext, tag },
        'service_credentials',
      );
      this.#learn(name, value);
      credentials.set(name, value);
    }
    return credentials;
  }

  /** Only secrets: hiding every `True` would blot out the log. */
  #learn(name: string, value: string): void {
    if (isSecretCredential(name)) this.#redactor.register(value);
  }

  #rows(queries: Queries, tenantId: string, servicePrincipalId: string) {
    return queries.select().from(credentialTable).where(this.#of(tenantId, servicePrincipalId));
  }

  #of(tenantId: string, servicePrincipalId: string) {
    return and(eq(credentialTable.tenantId, tenantId), eq(credentialTable.servicePrincipalId, servicePrincipalId));
  }
}
