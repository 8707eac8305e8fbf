import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../clock.ts';

/** Told of every request exactly once, when its answer is out or its connection gone. @param milliseconds since it arrived */
export type RequestEnded = (request: IncomingMessage, response: ServerResponse, milliseconds: number) => void;

interface Running {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly since: number;
}

interface Connection {
  /** In order of arrival; more than one where a client sends ahead. */
  readonly running: Running[];
  /** What of its answers it had taken, in bytes, when that was last seen to grow. */
  taken: number;
  /** When that was; undefined while nothing waits to be taken. */
  stalledSince: number | undefined;
  flooded: boolean;
}

/**
 * The open connections of a listener and the requests on them. Kept by connection and not in a set that every request enters
 * and leaves: the garbage collector tenures the tables of such a set, and with them each response that ever was in it.
 */
export class Traffic {
  readonly #clock: Clock;
  readonly #ended: RequestEnded | undefined;
  readonly #byConnection = new Map<Socket, Connection>();
  #running = 0;

  constructor(clock: Clock, ended: RequestEnded | undefined) {
    this.#clock = clock;
    this.#ended = ended;
  }

  /** Requests on their way, on all connections. */
  get running(): number {
    return this.#running;
  }

  /** @returns how many requests its connection has on its way now */
  begin(request: IncomingMessage, response: ServerResponse): number {
    const { socket } = request;
    const { running } = this.#connection(socket);
    running.push({ request, response, since: this.#clock.monotonic() });
    this.#running += 1;
    return running.length;
  }

  /** The answer of a request is out, or will never be. */
  end(response: ServerResponse): void {
    const running = this.#byConnection.get(response.req.socket)?.running;
    if (running === undefined) return;
    // Nearly always the only one.
    const index = running[0]?.response === response ? 0 : running.findIndex((each) => each.response === response);
    const ended = index === 0 ? running.shift() : index > 0 ? running.splice(index, 1)[0] : undefined;
    if (ended !== undefined) this.#close(ended);
  }

  /** True the first time for a connection: what it sends from then on is not answered. */
  flood(socket: Socket): boolean {
    const connection = this.#connection(socket);
    const first = !connection.flooded;
    connection.flooded = true;
    return first;
  }

  /** True when a whole request of this connection waits for its answer, or an answer has begun to leave. */
  answering(socket: Socket): boolean {
    const running = this.#byConnection.get(socket)?.running ?? [];
    return running.some(({ request, response }) => request.complete || response.headersSent);
  }

  /** The answers that are not out yet. */
  *responses(): Generator<ServerResponse> {
    for (const { running } of this.#byConnection.values()) for (const { response } of running) yield response;
  }

  /**
   * Breaks connections whose client has taken nothing of its answer for too long: a client that does not read must not hold the
   * memory of an answer, or the source of a streamed one. Told by the bytes that left for the socket, a write at a time.
   * @param longest in milliseconds
   */
  breakStalled(longest: number): void {
    const now = this.#clock.monotonic();
    for (const [socket, connection] of this.#byConnection) {
      const waiting = socket.writableLength;
      const taken = socket.bytesWritten - waiting;
      if (waiting === 0) connection.stalledSince = undefined;
      else if (connection.stalledSince === undefined || taken > connection.taken) connection.stalledSince = now;
      else if (now - connection.stalledSince >= longest) socket.destroy();
      connection.taken = taken;
    }
  }

  #connection(socket: Socket): Connection {
    const known = this.#byConnection.get(socket);
    if (known !== undefined) return known;
    const connection: Connection = { running: [], taken: 0, stalledSince: undefined, flooded: false };
    this.#byConnection.set(socket, connection);
    socket.once('close', () => {
      this.#byConnection.delete(socket);
      // Node tells of the answer that was being written, not of those that waited behind it.
      for (const each of connection.running.splice(0)) this.#close(each);
    });
    return connection;
  }

  #close({ request, response, since }: Running): void {
    this.#running -= 1;
    this.#ended?.(request, response, this.#clock.monotonic() - since);
  }
}
