/** Who a request comes from, once its credentials proved right. Every route works in the caller's tenant and in no other. */
export interface Caller {
  readonly tenantId: string;
  /** For the provisioning log's `initiatedBy` and the service's own log. */
  readonly name: string;
}

/**
 * One way of signing in. Tokens of an OAuth issuer become a second implementation, asked in turn; routes know only the caller.
 * Answers at once where it can: it is on the way of every request.
 * @param signal of the request, made when it is asked for
 * @returns undefined when the token is not one of these
 */
export type Authenticator = (
  token: string,
  signal: () => AbortSignal,
) => Caller | undefined | Promise<Caller | undefined>;
