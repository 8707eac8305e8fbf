import type { WebFailureKind } from '../runtime/web-access.ts';

/*
 * Requests of scripts. The child has no network: it asks the parent, which asks the grants again and carries the request out.
 * One question, one answer, and one request at a time; the child reads nothing else meanwhile. Bytes are base64.
 */

/**
 * @property milliseconds that the parent may take to answer; then it gives the request up and answers `time`
 */
export type WebQuestion =
  /**
   * Begins a request, instead of the one before. Answered by `web-head`; by `web-more` where the body comes in pieces.
   * @property headers names and values, in turn
   * @property body whole; `pieces` of it follow, `null` for none
   */
  | {
      readonly type: 'web-send';
      readonly method: string;
      readonly url: string;
      readonly headers: readonly string[];
      readonly body: { readonly bytes: string } | 'pieces' | null;
      readonly tls: readonly TlsVersion[];
      readonly closes: boolean;
      readonly milliseconds: number;
    }
  /** A piece of the body; `null` after the last. Answered by `web-more`, or by `web-head` as soon as the target answers. */
  | { readonly type: 'web-write'; readonly bytes: string | null; readonly milliseconds: number }
  /** Asks for a piece of the answer's body. Answered by `web-bytes`, or `web-end` after the last. */
  | { readonly type: 'web-read'; readonly milliseconds: number }
  /** Lets go of the request. Not answered. */
  | { readonly type: 'web-close' };

/** Versions of TLS that are allowed; every version that is safe where none is named. */
export type TlsVersion = 'TLSv1.2' | 'TLSv1.3';

/** @property held milliseconds that the caller of the script took since the last answer: they do not count for the script */
export type WebReply = WebOutcome & { readonly held: number };

export type WebOutcome =
  | { readonly type: 'web-more' }
  /** @property headers names and values, in turn; `content-encoding` is undone and not among them */
  | {
      readonly type: 'web-head';
      readonly status: number;
      readonly reason: string;
      readonly headers: readonly string[];
    }
  | { readonly type: 'web-bytes'; readonly bytes: string }
  | { readonly type: 'web-end' }
  | { readonly type: 'web-failed'; readonly failure: WebFault };

/**
 * Why a request failed. `granted`: the host is not; `address`: it stands for one that is never called; `name`: nobody knows
 * it; `connect`: nobody answers there, or the connection broke; `trust`, `name-mismatch`: the certificate is not believed;
 * `tls`: no common TLS; `invalid`: the answer is not HTTP; `headers`: they are too long; `ended`: it ended before its end;
 * `encoding`: the body is not in the encoding that it says; `time`; `cancelled`.
 * @property code the system's, e.g. `ECONNREFUSED`; empty where there is none
 */
export interface WebFault {
  readonly kind: WebFailureKind;
  readonly code: string;
}

/** True for a question of the child, by its form: the child is not to be trusted. */
export function isWebQuestion(message: object): message is WebQuestion {
  const { type, method, url, headers, body, tls, closes, bytes, milliseconds }: WebForm = message;
  const isTimed = typeof milliseconds === 'number' && milliseconds >= 0;
  switch (type) {
    case 'web-send':
      return (
        isTimed &&
        typeof method === 'string' &&
        typeof url === 'string' &&
        typeof closes === 'boolean' &&
        isTexts(headers) &&
        isTexts(tls) &&
        tls.every((version) => version === 'TLSv1.2' || version === 'TLSv1.3') &&
        (body === null || body === 'pieces' || isBytes(body))
      );
    case 'web-write':
      return isTimed && (bytes === null || typeof bytes === 'string');
    case 'web-read':
      return isTimed;
    default:
      return type === 'web-close';
  }
}

/** Every member that a question may have, before any is looked at. */
type WebForm = Partial<
  Record<'type' | 'method' | 'url' | 'headers' | 'body' | 'tls' | 'closes' | 'bytes' | 'milliseconds', unknown>
>;

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isBytes(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'bytes' in value && typeof value.bytes === 'string';
}
