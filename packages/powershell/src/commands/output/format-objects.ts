import type { Session } from '../../runtime/session.ts';
import type { Value } from '../../values/value.ts';
import { ObjectStream } from './format/object-stream.ts';
import { PacketWriter } from './format/packet-writer.ts';
import { FormatPacket, FormatStart } from './format/packets.ts';

/**
 * Objects as lines of text, as the end of a pipeline, `Out-String`, `Out-File` and `>` show them: what format commands made
 * as they made it, everything else as `Format-Default` has it.
 */
export class ObjectFormatter {
  readonly #stream: ObjectStream;
  readonly #writer: PacketWriter;

  /** @param width how many cells a line may take; tables have 120 where left out, lists end nowhere */
  constructor(session: Session, line: (text: string) => void, width?: number) {
    this.#writer = new PacketWriter(line, (bytes) => session.budget.reserve(bytes), width);
    this.#stream = new ObjectStream(session, (packet) => this.#writer.write(packet));
  }

  /** Throws `ConsoleLineOutputOutOfSequencePacket` for format data out of its order. */
  write(value: Value): void {
    if (value instanceof FormatPacket) {
      if (value instanceof FormatStart) this.#stream.end();
      this.#writer.write(value);
    } else {
      this.#stream.write(value);
    }
  }

  end(): void {
    this.#stream.end();
    this.#writer.end();
  }
}
