/** Name of the operation that begins TLS on the connection (RFC 4511 4.14); it has no value. */
export const startTlsOid = '1.3.6.1.4.1.1466.20037';
