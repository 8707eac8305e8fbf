import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { decodeResponse, type Response } from '../../src/protocol/decode-response.ts';
import { MessageFrames } from '../../src/protocol/message-frame.ts';
import { readTextEntry, type TextEntry } from '../../src/protocol/text-entry.ts';

/** What answered one request: its last message, and before it entries and others. */
export interface Answer {
  readonly last: Response;
  readonly entries: readonly TextEntry[];
  readonly others: readonly Response[];
}

/** A socket to a server on which one request goes after the other: the codec without the connection room. */
export class Wire {
  readonly #socket: Socket;
  #messageId = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  static async open(server: { readonly host: string; readonly port: number }): Promise<Wire> {
    const socket = connect(server.port, server.host);
    onTestFinished(() => {
      socket.destroy();
    });
    await once(socket, 'connect');
    return new Wire(socket);
  }

  /** @param request makes the request with the message id that it gets @param tap sees every octet that arrives */
  async ask(request: (messageId: number) => Buffer, tap?: (chunk: Buffer) => void): Promise<Answer> {
    this.#messageId += 1;
    const entries: TextEntry[] = [];
    const others: Response[] = [];
    let last: Response | undefined;
    const frames = new MessageFrames(10_000_000, (bytes, start, end) => {
      const message = decodeResponse(bytes, start, end);
      if (message.operation === 'searchEntry') entries.push(readTextEntry(bytes, message.start, message.end));
      else if (message.operation === 'searchReference' || message.operation === 'intermediate') others.push(message);
      else last = message;
    });
    this.#socket.write(request(this.#messageId));
    while (last === undefined) {
      const [chunk]: Buffer[] = await once(this.#socket, 'data', { signal: AbortSignal.timeout(20_000) });
      if (chunk === undefined) continue;
      tap?.(chunk);
      frames.push(chunk);
    }
    return { last, entries, others };
  }
}
