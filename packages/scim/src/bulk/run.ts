import { setImmediate } from 'node:timers/promises';
import { type Problem, problem, toProblem } from '@joinery/problems';
import { isObject } from '../value.ts';
import type { BulkResult } from './answer.ts';
import type { BulkOperation, BulkRequest } from './message.ts';
import { bulkIdsIn, textWithId, withIds } from './references.ts';
import type { BulkWriter, SeveredCreation } from './writer.ts';

/** An operation that waits for resources which other operations of the request create. */
interface Waiting {
  readonly operation: BulkOperation;
  readonly missing: Set<string>;
}

/**
 * One bulk request on its way (RFC 7644 3.7). Operations run in their order; one that refers to a resource of a later operation
 * runs right after it. Where creations refer to each other in a circle, the first of them is created without the references, which
 * are added once the others exist; if that fails, it is deleted again. An operation happens whole or not at all; the request as a
 * whole may happen in part, as the RFC has it.
 */
export class BulkRun<Creation extends SeveredCreation> {
  readonly #request: BulkRequest;
  readonly #writer: BulkWriter<Creation>;
  readonly #results = new Map<BulkOperation, BulkResult>();
  /** Ids of created resources by bulkId. */
  readonly #ids = new Map<string, string>();
  /** BulkIds that an operation of this request may still create. */
  readonly #promised: Set<string>;
  readonly #waiting = new Set<Waiting>();
  readonly #severed: { readonly operation: BulkOperation; readonly creation: Creation }[] = [];
  #errors = 0;

  constructor(request: BulkRequest, writer: BulkWriter<Creation>) {
    this.#request = request;
    this.#writer = writer;
    const creations = request.operations.filter(({ method }) => method === 'POST');
    this.#promised = new Set(creations.flatMap(({ bulkId }) => bulkId ?? []));
  }

  /** @returns the outcome of every operation that was tried, in the order of the request */
  async run(): Promise<readonly (readonly [BulkOperation, BulkResult])[]> {
    for (const operation of this.#request.operations) await this.#offer(operation);
    for (;;) {
      const [next] = [...this.#waiting].filter(({ operation }) => operation.method === 'POST');
      if (next === undefined || this.#stopped) break;
      this.#waiting.delete(next);
      await this.#createSevered(next.operation);
    }
    for (const { operation, creation } of this.#severed) await this.#complete(operation, creation);
    return this.#request.operations.flatMap((operation) => {
      const result = this.#results.get(operation);
      return result === undefined ? [] : [[operation, result] as const];
    });
  }

  get #stopped(): boolean {
    const { failOnErrors } = this.#request;
    return failOnErrors !== undefined && this.#errors >= failOnErrors;
  }

  /** Runs the operation if what it refers to exists, and then whatever waited for it alone. */
  async #offer(first: BulkOperation): Promise<void> {
    const ready = [first];
    for (let operation = ready.shift(); operation !== undefined && !this.#stopped; operation = ready.shift()) {
      const missing = [...bulkIdsIn(operation.data), ...bulkIdsIn(operation.path)].filter((id) => !this.#ids.has(id));
      const never = missing.find((id) => !this.#promised.has(id));
      if (never !== undefined) this.#fail(operation, unresolved(never));
      else if (missing.length > 0) {
        this.#waiting.add({ operation, missing: new Set(missing) });
        continue;
      } else await this.#execute(operation);
      ready.push(...this.#released(operation));
    }
  }

  /** The operations that waited for this one and wait for nothing else now. */
  #released({ bulkId, method }: BulkOperation): readonly BulkOperation[] {
    if (bulkId === undefined || method !== 'POST') return [];
    const released: BulkOperation[] = [];
    for (const waiting of this.#waiting) {
      if (!waiting.missing.delete(bulkId)) continue;
      // Without the resource nothing is left to wait for: the operation is offered again and fails.
      if (waiting.missing.size > 0 && this.#promised.has(bulkId)) continue;
      this.#waiting.delete(waiting);
      released.push(waiting.operation);
    }
    return released;
  }

  async #execute(operation: BulkOperation): Promise<void> {
    const { data, path } = operation;
    await this.#attempt(operation, async () => {
      const written = await this.#writer.write({
        ...operation,
        path: textWithId(path, this.#ids),
        data: data === undefined ? undefined : withIds(data, this.#ids),
      });
      this.#succeed(operation, written.id, written.result);
    });
  }

  async #createSevered(operation: BulkOperation): Promise<void> {
    await this.#attempt(operation, async () => {
      const { data } = operation;
      if (!isObject(data)) throw problem('SCIM_BODY_SYNTAX', 'The data is not a JSON object.', { place: 'data' });
      const creation = await this.#writer.createSevered(operation, data, this.#ids);
      this.#severed.push({ operation, creation });
      this.#succeed(operation, creation.id, creation.result);
    });
    for (const released of this.#released(operation)) await this.#offer(released);
  }

  /** Adds what was left out; its resources exist by now, or never will. */
  async #complete(operation: BulkOperation, creation: Creation): Promise<void> {
    const failed = creation.left.flatMap(({ value }) => [...bulkIdsIn(value)]).find((id) => !this.#ids.has(id));
    try {
      if (failed !== undefined) throw unresolved(failed);
      this.#results.set(operation, await this.#writer.complete(creation, this.#ids));
    } catch (error) {
      this.#fail(operation, toProblem(error));
      await this.#attempt(operation, () => this.#writer.undo(creation));
    }
  }

  async #attempt(operation: BulkOperation, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#fail(operation, toProblem(error));
    }
    // A thousand operations may each take their time: others get a turn between them.
    await setImmediate();
  }

  #succeed(operation: BulkOperation, id: string, result: BulkResult): void {
    this.#results.set(operation, result);
    if (operation.method === 'POST' && operation.bulkId !== undefined) this.#ids.set(operation.bulkId, id);
  }

  #fail(operation: BulkOperation, found: Problem): void {
    this.#errors += 1;
    this.#writer.failed(found);
    const path = textWithId(operation.path, this.#ids);
    this.#results.set(operation, { problem: found, location: this.#writer.locationOf(operation, path) });
    if (operation.method === 'POST' && operation.bulkId !== undefined) {
      this.#promised.delete(operation.bulkId);
      this.#ids.delete(operation.bulkId);
    }
  }
}

function unresolved(bulkId: string): Problem {
  return problem('SCIM_BULK_REFERENCE', `Nothing was created under the bulkId '${bulkId.slice(0, 100)}'.`, {
    place: 'bulkId',
  });
}
