/** How a connection proves itself (RFC 4511 4.2). */
export type Credentials =
  | { readonly kind: 'simple'; readonly name: string; readonly password: string }
  | { readonly kind: 'sasl'; readonly mechanism: string; readonly credentials: Uint8Array };
