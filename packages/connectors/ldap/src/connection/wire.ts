import type { Socket } from 'node:net';
import { isProblem, type Problem, problem } from '@joinery/problems';
import { type Clock, type Logger, systemErrorCode } from '@joinery/runtime';
import { decodeResponse, noticeOfDisconnection, type Response } from '../protocol/decode-response.ts';
import { encodeAbandon, encodeUnbind } from '../protocol/encode-request.ts';
import { MessageFrames } from '../protocol/message-frame.ts';
import type { ServerAddress } from './connection.ts';
import { type Exchange, Pending, type PendingOperation } from './pending.ts';

/** RFC 4511 4.1.1.1: message IDs are 31 bits wide, and 0 is the server's own. */
const largestMessageId = 2 ** 31 - 1;
/** Above any entry there is: a group of a million members takes a third of it. Below the longest text that there can be (2^29). */
const longestMessage = 1 << 28;
/** How long a server may take to read the good-bye. */
const farewellMs = 1_000;

export interface WireOptions {
  readonly server: ServerAddress;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * LDAP messages over one socket: gives out message IDs, hands answers to whom they belong, ends everything when the socket ends.
 * It knows nothing of binding.
 *
 * There is no queue before the socket: every operation waits for its answer, so what lies in the socket's buffer is bounded by
 * what its callers keep in flight.
 */
export class Wire {
  readonly #socket: Socket;
  readonly #options: WireOptions;
  readonly #place: string;
  readonly #frames = new MessageFrames(longestMessage, (bytes, start, end) => this.#dispatch(bytes, start, end));
  readonly #pending = new Map<number, PendingOperation>();
  readonly #onData = (chunk: Buffer): void => this.#receive(chunk);
  readonly #onError = (error: Error): void => this.lose(this.#lostBecause(brokenBecause(error), error));
  readonly #onClose = (): void => this.lose(this.#lostBecause('the server closed it'));
  #lastId = 0;
  #receivedAt = 0;
  #unasked = 0;
  #corked = false;
  #lost: Problem | undefined;

  constructor(socket: Socket, options: WireOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#place = `${options.server.host}:${options.server.port}`;
    socket.on('data', this.#onData).on('error', this.#onError).on('end', this.#onClose).on('close', this.#onClose);
    if (socket.destroyed) this.#onClose();
  }

  /** Why the connection is no more; undefined while it is good. */
  get lost(): Problem | undefined {
    return this.#lost;
  }

  /**
   * Sends one operation and waits for its answer.
   * @param timeoutMs how long the server may be silent about it; then the connection counts as lost
   * @throws LDAP_CONNECTION_LOST, LDAP_PROTOCOL_INVALID; the signal's reason, and then the operation is abandoned (RFC 4511 4.11)
   */
  async exchange<T>(exchange: Exchange<T>, timeoutMs: number, signal: AbortSignal): Promise<T> {
    if (this.#lost !== undefined) throw this.#lost;
    signal.throwIfAborted();
    const { clock } = this.#options;
    const id = this.#nextId();
    const bytes = exchange.encode(id);
    const pending = new Pending(exchange, signal, clock.monotonic());
    this.#pending.set(id, pending);
    pending.watch(
      clock,
      timeoutMs,
      () => this.lose(this.#lostBecause(`it did not answer within ${timeoutMs / 1000} seconds`)),
      () => this.#abandon(id, signal.reason),
    );
    this.#write(bytes);
    return pending.promise;
  }

  /** Ends the connection: what is on its way rejects with `reason`, what comes later with LDAP_CONNECTION_LOST. */
  lose(reason: Problem): void {
    this.#socket.destroy();
    this.#giveUp(reason);
  }

  /**
   * Gives the socket back with nothing on its way, so that TLS can start on it.
   * @throws LDAP_PROTOCOL_INVALID when more has arrived than was asked for: it came in clear and must not be read as if it had not
   */
  release(): Socket {
    if (this.#unasked > 0 || this.#frames.pendingBytes > 0) {
      const reason = problem('LDAP_PROTOCOL_INVALID', 'The server said more than it was asked.', {
        place: this.#place,
      });
      this.lose(reason);
      throw reason;
    }
    if (this.#lost !== undefined) throw this.#lost;
    const socket = this.#socket;
    socket.off('data', this.#onData).off('error', this.#onError).off('end', this.#onClose).off('close', this.#onClose);
    return socket.pause();
  }

  /** Says good-bye (RFC 4511 4.3: unbind has no answer) and closes; a server that does not listen is left within a second. */
  close(): Promise<void> {
    if (this.#lost !== undefined) return Promise.resolve();
    const socket = this.#socket;
    return new Promise((resolve) => {
      const stopTimer = this.#options.clock.timer(farewellMs, () => socket.destroy());
      socket.once('close', () => {
        stopTimer();
        resolve();
      });
      socket.end(encodeUnbind(this.#nextId()), () => socket.destroy());
      this.#giveUp(this.#lostBecause('it was closed here'));
    });
  }

  #giveUp(reason: Problem): void {
    if (this.#lost !== undefined) return;
    this.#lost = reason.code === 'LDAP_CONNECTION_LOST' ? reason : this.#lostBecause(reason.detail, reason);
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const operation of pending) operation.fail(reason);
  }

  #receive(chunk: Buffer): void {
    this.#receivedAt = this.#options.clock.monotonic();
    try {
      this.#frames.push(chunk);
    } catch (error) {
      // Whatever a server sends must not end the process, which an error thrown to the socket would.
      const detail = isProblem(error) ? error.detail : 'The answer of the server cannot be read.';
      this.lose(problem('LDAP_PROTOCOL_INVALID', detail, { place: this.#place, cause: error }));
    }
  }

  #dispatch(bytes: Buffer, start: number, end: number): void {
    // What follows in the same chunk after the connection was given up is nobody's.
    if (this.#lost !== undefined) return;
    const response = decodeResponse(bytes, start, end);
    const operation = this.#pending.get(response.messageId);
    if (operation === undefined) {
      this.#unknown(response);
      return;
    }
    operation.lastAnswered = this.#receivedAt;
    try {
      if (this.#deliver(operation, response, bytes)) return;
    } catch (error) {
      // What a caller throws while it is handed something ends its operation, not the connection.
      this.#abandon(response.messageId, error);
      return;
    }
    throw problem('LDAP_PROTOCOL_INVALID', 'The server answered with something else than what was asked.');
  }

  /** @returns false for an answer to something else */
  #deliver(operation: PendingOperation, response: Response, bytes: Buffer): boolean {
    switch (response.operation) {
      case 'searchEntry':
        operation.onEntry?.(bytes, response.start, response.end);
        return operation.onEntry !== undefined;
      case 'searchReference':
        operation.onReference?.(response.urls);
        return operation.onEntry !== undefined;
      case 'intermediate':
        operation.onIntermediate?.(response.name, response.value);
        return true;
      default:
        if (!operation.finish(response)) return false;
        this.#pending.delete(response.messageId);
        return true;
    }
  }

  #abandon(messageId: number, reason: unknown): void {
    const operation = this.#pending.get(messageId);
    if (operation === undefined) return;
    this.#pending.delete(messageId);
    operation.fail(reason);
    this.#write(encodeAbandon(this.#nextId(), messageId));
  }

  /** RFC 4511 4.4: the server speaks of its own accord; or it answers late to what was abandoned. */
  #unknown(response: Response): void {
    const { messageId, operation } = response;
    this.#unasked += 1;
    if (messageId === 0 && operation === 'extended' && response.result.responseName === noticeOfDisconnection) {
      this.lose(this.#lostBecause(`the server ended it (result code ${response.result.code})`));
      return;
    }
    this.#options.logger.debug(
      { server: this.#place, messageId, operation },
      'the directory server sent a message that belongs to no operation; it is ignored',
    );
  }

  /** Operations that are issued in the same turn leave in one piece. */
  #write(bytes: Uint8Array): void {
    if (!this.#corked) {
      this.#corked = true;
      this.#socket.cork();
      process.nextTick(() => {
        this.#corked = false;
        this.#socket.uncork();
      });
    }
    this.#socket.write(bytes);
  }

  #nextId(): number {
    do {
      this.#lastId = this.#lastId === largestMessageId ? 1 : this.#lastId + 1;
    } while (this.#pending.has(this.#lastId));
    return this.#lastId;
  }

  #lostBecause(why: string, cause?: unknown): Problem {
    return problem('LDAP_CONNECTION_LOST', `The connection was lost: ${why}.`, { place: this.#place, cause });
  }
}

function brokenBecause(error: Error): string {
  const code = systemErrorCode(error);
  return code === undefined ? 'it broke' : `it broke (${code})`;
}
