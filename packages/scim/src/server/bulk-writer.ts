import { type Problem, problem } from '@joinery/problems';
import type { BulkResult } from '../bulk/answer.ts';
import type { BulkOperation } from '../bulk/message.ts';
import { sever, withIds } from '../bulk/references.ts';
import type { BulkWriter, SeveredCreation } from '../bulk/writer.ts';
import { hidingAll } from '../resource/project.ts';
import { validateResource } from '../resource/validate.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import { PATCH_OP_URN } from '../schema/urns.ts';
import { isList, type ScimObject, type ScimValue } from '../value.ts';
import { readChange } from './change.ts';
import type { ServerContext } from './context.ts';
import { entityTags } from './etag.ts';
import { locationOf } from './location.ts';
import { decodeSegment, segmentsOf } from './path.ts';
import { expectedVersion } from './precondition.ts';
import type { ScimCall } from './storage.ts';

/** A severed creation with the type that it is of. */
interface Creation extends SeveredCreation {
  readonly type: ResourceType;
}

/** Carries the operations of a bulk request out against the server's store. */
export class StorageBulkWriter implements BulkWriter<Creation> {
  readonly #context: ServerContext;
  readonly #signal: AbortSignal;
  readonly #base: string;

  /** @param base address of the SCIM root, for locations */
  constructor(context: ServerContext, signal: AbortSignal, base: string) {
    this.#context = context;
    this.#signal = signal;
    this.#base = base;
  }

  async write(operation: BulkOperation): Promise<{ readonly id: string; readonly result: BulkResult }> {
    this.#signal.throwIfAborted();
    if (operation.method === 'POST') return this.#create(operation, dataOf(operation));
    const { type, id } = this.#resource(operation);
    const { storage } = this.#context;
    const tags = operation.version === undefined ? undefined : (entityTags(operation.version) ?? []);
    const condition = await expectedVersion(storage, type, id, tags, this.#call());
    const call = this.#call(condition);
    const location = locationOf(this.#base, type, id);
    switch (operation.method) {
      case 'PUT':
      case 'PATCH': {
        const kind = operation.method === 'PUT' ? 'replace' : 'patch';
        const change = readChange(this.#context, type, kind, messageOf(operation));
        const { version } = await storage.update(type, id, change, call);
        return { id, result: { status: 200, location, version } };
      }
      case 'DELETE':
        await storage.delete(type, id, call);
        return { id, result: { status: 204, location, version: undefined } };
      default:
        throw problem('SCIM_BODY_SYNTAX', 'The method is none of POST, PUT, PATCH and DELETE.', { place: 'method' });
    }
  }

  async createSevered(operation: BulkOperation, data: ScimObject, ids: ReadonlyMap<string, string>): Promise<Creation> {
    const type = this.#collection(operation);
    const isSchema = (name: string): boolean => type.schemaOf(name)?.extension === true;
    const { data: rest, left } = sever(data, (bulkId) => !ids.has(bulkId), isSchema);
    return { ...(await this.#create(operation, withIds(rest, ids))), type, left };
  }

  async complete({ type, id, left }: Creation, ids: ReadonlyMap<string, string>): Promise<BulkResult> {
    const operations = left.map(({ path, value }) => ({ op: 'add', path, value: withIds(value, ids) }));
    const change = readChange(this.#context, type, 'patch', { schemas: [PATCH_OP_URN], Operations: operations });
    const { version } = await this.#context.storage.update(type, id, change, this.#call());
    return { status: 201, location: locationOf(this.#base, type, id), version };
  }

  async undo({ type, id }: Creation): Promise<void> {
    await this.#context.storage.delete(type, id, this.#call());
  }

  locationOf({ method }: BulkOperation, path: string): string | undefined {
    const { type, id } = this.#target(path);
    return method === 'POST' || type === undefined || id === undefined ? undefined : locationOf(this.#base, type, id);
  }

  failed(found: Problem): void {
    if (found.kind !== 'internal') return;
    this.#context.logger.error({ code: found.code, error: found.cause ?? found }, 'A bulk operation failed.');
  }

  async #create(
    operation: BulkOperation,
    data: ScimValue,
  ): Promise<{ readonly id: string; readonly result: BulkResult }> {
    const type = this.#collection(operation);
    if (operation.bulkId === undefined) {
      throw problem('SCIM_BODY_SYNTAX', 'A creation needs a bulkId.', { place: 'bulkId' });
    }
    const { id, version } = await this.#context.storage.create(type, validateResource(data, type), this.#call());
    return { id, result: { status: 201, location: locationOf(this.#base, type, id), version } };
  }

  #collection({ path }: BulkOperation): ResourceType {
    const { type, id } = this.#target(path);
    if (type !== undefined && id === undefined) return type;
    throw problem('SCIM_NOT_FOUND', 'The path is not the endpoint of a resource type.', { place: path.slice(0, 200) });
  }

  #resource({ path }: BulkOperation): { readonly type: ResourceType; readonly id: string } {
    const { type, id } = this.#target(path);
    if (type !== undefined && id !== undefined) return { type, id };
    throw problem('SCIM_NOT_FOUND', 'The path does not name a resource.', { place: path.slice(0, 200) });
  }

  #target(path: string): { readonly type?: ResourceType; readonly id?: string } {
    const [first = '', second, ...rest] = segmentsOf(path);
    const type = this.#context.typeAt(first);
    if (type === undefined || rest.length > 0) return {};
    return second === undefined ? { type } : { type, id: decodeSegment(second) };
  }

  #call(condition: { readonly ifMatch?: string } = {}): ScimCall {
    return { signal: this.#signal, ...hidingAll, ...condition };
  }
}

function dataOf({ data }: BulkOperation): ScimValue {
  if (data !== undefined) return data;
  throw problem('SCIM_BODY_SYNTAX', 'The operation has no data.', { place: 'data' });
}

/** RFC 7644 3.7.3 shows the data of a PATCH as the bare list of its operations. */
function messageOf(operation: BulkOperation): ScimValue {
  const data = dataOf(operation);
  return operation.method === 'PATCH' && isList(data) ? { schemas: [PATCH_OP_URN], Operations: data } : data;
}
