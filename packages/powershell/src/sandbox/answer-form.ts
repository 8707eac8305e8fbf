import { type Answer, type Failure, type PlacedError, streamNames } from './protocol.ts';
import { isWebQuestion } from './web-protocol.ts';

/** True for a message of the child, by its form: the child is not to be trusted. Values are looked at where they are read. */
export function isAnswer(message: unknown): message is Answer {
  if (typeof message !== 'object' || message === null) return false;
  const { type, value, stream, text, tags, failure }: AnswerForm = message;
  switch (type) {
    case 'ready':
    case 'done':
      return true;
    case 'value':
      return value !== undefined;
    case 'stream':
      return (
        streamNames.some((name) => name === stream) &&
        typeof text === 'string' &&
        value !== undefined &&
        Array.isArray(tags) &&
        tags.every((tag) => typeof tag === 'string')
      );
    case 'failed':
      return typeof failure === 'object' && failure !== null && isFailure(failure);
    default:
      return isWebQuestion(message);
  }
}

function isFailure(failure: object): failure is Failure {
  const { reason, message, stack, error, errors, file }: FailureForm = failure;
  switch (reason) {
    case 'script':
      return error !== undefined;
    case 'parse':
    case 'refused':
      return (file === null || typeof file === 'string') && Array.isArray(errors) && errors.every(isPlaced);
    case 'fault':
      return typeof message === 'string' && typeof stack === 'string';
    case 'time':
    case 'memory':
    case 'output':
    case 'cancelled':
      return typeof message === 'string';
    default:
      return false;
  }
}

function isPlaced(error: unknown): error is PlacedError {
  if (typeof error !== 'object' || error === null) return false;
  const { id, message, line, column }: PlacedForm = error;
  return (
    typeof id === 'string' && typeof message === 'string' && typeof line === 'number' && typeof column === 'number'
  );
}

/** Every member that a message may have, before any is looked at. */
type AnswerForm = Partial<Record<'type' | 'value' | 'stream' | 'text' | 'tags' | 'failure', unknown>>;
type FailureForm = Partial<Record<'reason' | 'message' | 'stack' | 'error' | 'errors' | 'file', unknown>>;
type PlacedForm = Partial<Record<'id' | 'message' | 'line' | 'column', unknown>>;

/**
 * How many parts a JSON text has at most: its commas and brackets outside of texts. Small parts take many times the memory of
 * what they were written with, and their reader cannot be interrupted.
 * @param most it counts no further
 */
export function jsonParts(json: Uint8Array, most: number): number {
  let parts = 0;
  for (let at = 0; at < json.length && parts <= most; at++) {
    const byte = json[at];
    if (byte === quote) at = endOfText(json, at);
    else if (byte === comma || byte === bracket || byte === brace) parts++;
  }
  return parts;
}

function endOfText(json: Uint8Array, start: number): number {
  let at = start + 1;
  for (; at < json.length && json[at] !== quote; at++) if (json[at] === backslash) at++;
  return at;
}

const [quote, comma, bracket, brace, backslash] = Buffer.from('",[{\\');
