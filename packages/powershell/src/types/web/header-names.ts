/** Fields of the content rather than of the message, as .NET sorts them. */
const ofContent = new Set([
  'allow',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-length',
  'content-location',
  'content-md5',
  'content-range',
  'content-type',
  'expires',
  'last-modified',
]);

/** Whether .NET keeps a field with the content. */
export function isContentHeader(name: string): boolean {
  return ofContent.has(name.toLowerCase());
}

/** Fields that .NET knows are written as the registry has them, whoever sent them (https://www.iana.org/assignments/http-fields). */
const known = `Accept Accept-Charset Accept-Encoding Accept-Language Accept-Patch Accept-Ranges Access-Control-Allow-Credentials
Access-Control-Allow-Headers Access-Control-Allow-Methods Access-Control-Allow-Origin Access-Control-Expose-Headers
Access-Control-Max-Age Age Allow Alt-Svc Authorization Cache-Control Connection Content-Disposition Content-Encoding
Content-Language Content-Length Content-Location Content-MD5 Content-Range Content-Security-Policy Content-Type Cookie Date ETag
Expect Expires From Host If-Match If-Modified-Since If-None-Match If-Range If-Unmodified-Since Keep-Alive Last-Modified Link
Location Max-Forwards Origin P3P Pragma Proxy-Authenticate Proxy-Authorization Proxy-Connection Range Referer Referrer-Policy
Refresh Retry-After Server Set-Cookie Strict-Transport-Security TE Trailer Transfer-Encoding Upgrade Upgrade-Insecure-Requests
User-Agent Vary Via WWW-Authenticate Warning X-Content-Type-Options X-Frame-Options X-Powered-By X-Request-ID X-XSS-Protection`;

const byFold = new Map(known.split(/\s+/).map((name) => [name.toLowerCase(), name]));

export function headerName(name: string): string {
  return byFold.get(name.toLowerCase()) ?? name;
}

/** Fields that are lists of tokens, whose items .NET keeps apart (RFC 9110 5.6.1). */
const lists = new Set([
  'accept-ranges',
  'allow',
  'connection',
  'content-encoding',
  'content-language',
  'pragma',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'vary',
  'via',
]);

/** The values of one line of a header. */
export function headerValues(name: string, line: string): readonly string[] {
  if (!lists.has(name.toLowerCase())) return [line];
  return line.split(',').map((item) => item.trim());
}
