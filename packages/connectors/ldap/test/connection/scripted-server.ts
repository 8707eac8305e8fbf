import { createServer, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { onTestFinished } from 'vitest';
import { BerReader } from '../../src/protocol/ber-reader.ts';
import { BerWriter } from '../../src/protocol/ber-writer.ts';
import { MessageFrames } from '../../src/protocol/message-frame.ts';
import { operationTag } from '../../src/protocol/operation.ts';

/** A request that arrived. */
export interface Asked {
  readonly id: number;
  /** One of {@link operationTag}. */
  readonly tag: number;
  readonly socket: Socket;
}

export interface ScriptedServer {
  readonly host: string;
  readonly port: number;
  /** Every connection there was. */
  readonly connections: Socket[];
  /** Every request there was, in the order of arrival. */
  readonly asked: Asked[];
}

/** Answers binds with success, and nothing else. */
export function acceptBinds({ id, tag, socket }: Asked): void {
  if (tag === operationTag.bindRequest) socket.write(result(id, operationTag.bindResponse, 0));
}

/**
 * A server on 127.0.0.1 that does with each request what the test says, for what no real server does.
 * @param tls makes it speak LDAPS
 */
export async function scriptedServer(
  onRequest: (request: Asked) => void = acceptBinds,
  tls?: TlsOptions,
): Promise<ScriptedServer> {
  const connections: Socket[] = [];
  const asked: Asked[] = [];
  const serve = (socket: Socket): void => {
    connections.push(socket);
    const frames = new MessageFrames(1 << 20, (bytes, start, end) => {
      const reader = new BerReader(bytes, start, end);
      const request = { id: reader.integer(), tag: reader.tag, socket };
      asked.push(request);
      onRequest(request);
    });
    socket.on('data', (chunk: Buffer) => frames.push(chunk)).on('error', () => {});
  };
  const server = tls === undefined ? createServer(serve) : createTlsServer(tls, serve);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    for (const socket of connections) socket.destroy();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return { host: '127.0.0.1', port: address.port, connections, asked };
}

/** A response with nothing but a result; an extended one may bear a name. */
export function result(id: number, tag: number, code: number, more: { text?: string; name?: string } = {}): Buffer {
  return message(id, (writer) =>
    writer.constructed(tag, () => {
      writer.enumerated(code);
      writer.octets('');
      writer.octets(more.text ?? '');
      if (more.name !== undefined) writer.octets(more.name, 0x8a);
    }),
  );
}

/** A search entry without attributes. */
export function entry(id: number, dn: string): Buffer {
  return message(id, (writer) =>
    writer.constructed(operationTag.searchEntry, () => {
      writer.octets(dn);
      writer.sequence(() => {});
    }),
  );
}

function message(id: number, write: (writer: BerWriter) => void): Buffer {
  const writer = new BerWriter();
  writer.sequence(() => {
    writer.integer(id);
    write(writer);
  });
  return writer.finish();
}
