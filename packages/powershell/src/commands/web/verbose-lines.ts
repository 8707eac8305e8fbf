import type { HttpRequestMessage, HttpResponseMessage } from '../../types/web/http-messages.ts';
import type { CmdletCall } from '../description.ts';
import { resolveNative } from '../items/paths.ts';

/** One line about a request: never its query, headers or body. */
export function verboseRequest(
  call: CmdletCall,
  { method, url, contentHeaders }: HttpRequestMessage,
  length?: number,
): void {
  const { origin, pathname, search } = new URL(url);
  const parts = [`WebRequest: v1.1 ${method} ${origin}${pathname}`];
  if (search.length > 1) parts.push(`with query length ${search.length - 1}`);
  const type = mediaTypeOf(contentHeaders.first('Content-Type'));
  if (type !== undefined) parts.push(`with ${type} payload`);
  if (length !== undefined) parts.push(`with body size ${friendlySize(length)}`);
  if (call.has('OutFile'))
    parts.push(`output to ${resolveNative(call.session, call.session.text(call.get('OutFile')))}`);
  call.writeVerbose(parts.join(' '));
}

export function verboseResponse(call: CmdletCall, { status, reason, content }: HttpResponseMessage): void {
  const parts = [`WebResponse: ${status} ${reason}`];
  const type = mediaTypeOf(content.headers.first('Content-Type'));
  const length = content.headers.first('Content-Length');
  if (type !== undefined) parts.push(`with ${type} payload`);
  if (length !== undefined) parts.push(`with body size ${friendlySize(Number(length))}`);
  call.writeVerbose(parts.join(' '));
}

/** The type of a `Content-Type` without its parameters; `undefined` where it names none. */
export function mediaTypeOf(contentType: string | undefined): string | undefined {
  return /^\s*([\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+)\s*(?:;|$)/.exec(contentType ?? '')?.[1];
}

const units = ['B', 'KB', 'MB', 'GB', 'TB'];

function friendlySize(bytes: number): string {
  const power = Math.min(bytes < 1 ? 0 : Math.floor(Math.log2(bytes) / 10), units.length - 1);
  const shown = Number((bytes / 1024 ** power).toFixed(2));
  return `${shown} ${units[power]} (${bytes.toLocaleString('en-US')} bytes)`;
}
