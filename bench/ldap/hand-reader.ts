import { readFileSync } from 'node:fs';
import { connect as connectInClear, type Socket } from 'node:net';
import { connect } from 'node:tls';
import { type Place, pageSize } from './place.ts';

/*
 * The least that a reader can do: every entry becomes an object of lists of text, by a loop over its octets that trusts the server. It knows
 * no schema, no types, no errors, and takes DNs and names as they come.
 */

const pagedResults = '1.2.840.113556.1.4.319';
const tags = { bindResponse: 0x61, entry: 0x64, done: 0x65 };

/** Reads everybody and stores nobody. @returns how many there were */
export async function readByHand(place: Place): Promise<number> {
  const socket = await open(place);
  let count = 0;
  let rest = Buffer.alloc(0);
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  socket.once('error', reject).on('data', (chunk: Buffer) => {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let at = 0;
    while (at + 6 < bytes.length) {
      const content = contentOf(bytes, at);
      const end = content + lengthAt(bytes, at + 1);
      if (end > bytes.length) break;
      const operation = content + 2 + (bytes[content + 1] ?? 0);
      const inner = contentOf(bytes, operation);
      const innerEnd = inner + lengthAt(bytes, operation + 1);
      const tag = bytes[operation];
      if (tag === tags.entry) {
        decode(bytes, inner, innerEnd);
        count += 1;
      } else if (tag === tags.bindResponse) socket.write(search(place, Buffer.alloc(0)));
      else if (tag === tags.done) {
        const cookie = cookieIn(bytes.subarray(innerEnd, end));
        if (cookie.length === 0) resolve(count);
        else socket.write(search(place, cookie));
      }
      at = end;
    }
    rest = Buffer.from(bytes.subarray(at));
  });
  socket.write(message(0x60, integer(3), element(0x04, place.user), element(0x80, place.password)));
  await promise.finally(() => socket.destroy());
  return count;
}

function decode(bytes: Buffer, start: number, end: number): { dn: string; attributes: Record<string, string[]> } {
  let at = start;
  const next = (): number => {
    const content = contentOf(bytes, at);
    const length = lengthAt(bytes, at + 1);
    at = content;
    return content + length;
  };
  const text = (): string => {
    const textEnd = next();
    const value = bytes.toString('utf8', at, textEnd);
    at = textEnd;
    return value;
  };
  const dn = text();
  next();
  const attributes: Record<string, string[]> = {};
  while (at < end) {
    next();
    const name = text();
    const setEnd = next();
    const values: string[] = [];
    while (at < setEnd) values.push(text());
    attributes[name] = values;
  }
  return { dn, attributes };
}

function lengthAt(bytes: Buffer, at: number): number {
  const first = bytes[at] ?? 0;
  return first < 0x80 ? first : bytes.readUIntBE(at + 1, first & 0x7f);
}

function contentOf(bytes: Buffer, at: number): number {
  const first = bytes[at + 1] ?? 0;
  return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
}

/** The cookie is the last octet string of the paged results control, the only one that comes. */
function cookieIn(controls: Buffer): Buffer {
  const value = controls.indexOf(pagedResults) + pagedResults.length;
  const sequence = contentOf(controls, value);
  const estimate = contentOf(controls, sequence);
  const cookie = contentOf(controls, estimate) + lengthAt(controls, estimate + 1);
  const content = contentOf(controls, cookie);
  return Buffer.from(controls.subarray(content, content + lengthAt(controls, cookie + 1)));
}

function search({ base }: Place, cookie: Buffer): Buffer {
  const never = [integer(0), integer(0), element(0x01, Buffer.alloc(1))];
  const filter = element(0xa3, element(0x04, 'objectClass'), element(0x04, 'inetOrgPerson'));
  const scope = [element(0x0a, Buffer.from([2])), element(0x0a, Buffer.from([0]))];
  const request = element(0x63, element(0x04, base), ...scope, ...never, filter, element(0x30));
  const value = element(0x04, element(0x30, integer(pageSize), element(0x04, cookie)));
  const control = element(0xa0, element(0x30, element(0x04, pagedResults), value));
  return element(0x30, integer(2), request, control);
}

function message(tag: number, ...parts: readonly Buffer[]): Buffer {
  return element(0x30, integer(1), element(tag, ...parts));
}

function integer(value: number): Buffer {
  return element(0x02, Buffer.from([value >> 8, value & 0xff]));
}

function element(tag: number, ...parts: readonly (Buffer | string)[]): Buffer {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const { length } = content;
  const head = length < 0x80 ? [tag, length] : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), content]);
}

async function open({ host, port, encrypted, caFile }: Place): Promise<Socket> {
  const socket = encrypted ? connect({ host, port, ca: readFileSync(caFile) }) : connectInClear({ host, port });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject).once(encrypted ? 'secureConnect' : 'connect', () => resolve());
  });
  return socket;
}
