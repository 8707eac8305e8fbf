import { problem } from '@joinery/problems';
import { type Clock, createFetch, tlsTrust } from '@joinery/runtime';
import { createScimClient, type ScimClient } from '@joinery/scim';
import { trustedCertificateFile } from '../credentials/names.ts';
import type { Credentials } from '../credentials/parse.ts';

/** A SCIM target that a job talks to, and the connections to it. */
export interface Target {
  readonly client: ScimClient;
  /** Ends the connections. */
  close(): Promise<void>;
}

/** Milliseconds that one request may take. */
const targetDeadline = 60_000;

/**
 * The client of an application's target: address, token and trust as its credentials say. Trust is the named certificate alone where
 * one is named, and Node's list of public CAs otherwise; nothing turns verification off.
 * @throws SERVICE_TARGET_NOT_CONFIGURED, RUNTIME_CERTIFICATE_UNREADABLE
 */
export async function openTarget(credentials: Credentials, clock: Clock): Promise<Target> {
  const base = credentials.get('BaseAddress');
  const token = credentials.get('SecretToken');
  if (base === undefined || token === undefined) {
    const missing = base === undefined ? 'BaseAddress' : 'SecretToken';
    throw problem('SERVICE_TARGET_NOT_CONFIGURED', `The application has no ${missing} to reach its target with.`, {
      place: missing,
    });
  }
  const caFile = credentials.get(trustedCertificateFile);
  const fetch = createFetch({
    clock,
    deadline: targetDeadline,
    ...(caFile !== undefined && { trust: await tlsTrust({ caFile }) }),
  });
  const client = createScimClient({ base, fetch, token: () => token, clock, timeoutMs: targetDeadline });
  return { client, close: () => fetch.close() };
}
