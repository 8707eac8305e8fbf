import { decodeResponse, type Response } from '../../src/protocol/decode-response.ts';
import { MessageFrames } from '../../src/protocol/message-frame.ts';

/** The one message that these octets are. */
export function received(bytes: Buffer): Response {
  const messages: Response[] = [];
  new MessageFrames(bytes.length, (...message) => messages.push(decodeResponse(...message))).push(bytes);
  const [message] = messages;
  if (message === undefined || messages.length > 1) throw new Error(`These are ${messages.length} messages.`);
  return message;
}

/** Where the content of the entry lies that these octets are. */
export function receivedEntry(bytes: Buffer): readonly [bytes: Buffer, start: number, end: number] {
  const message = received(bytes);
  if (message.operation !== 'searchEntry') throw new Error(`This is no entry but ${message.operation}.`);
  return [bytes, message.start, message.end];
}
