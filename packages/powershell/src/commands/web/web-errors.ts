import { ErrorRecord } from '../../errors/error-record.ts';
import { NetException } from '../../errors/net-exception.ts';
import type { WebFailure } from '../../runtime/web-access.ts';
import { enumOf } from '../../types/enumeration.ts';
import { namedType } from '../../types/intrinsic.ts';
import type { HttpRequestMessage } from '../../types/web/http-messages.ts';
import { cmdletError } from '../cmdlet-error.ts';

/** What the system says of its codes, with .NET's numbers for them. */
const socketErrors: ReadonlyMap<string, readonly [code: number, message: string]> = new Map([
  ['ECONNREFUSED', [10_061, 'Connection refused']],
  ['ECONNRESET', [10_054, 'Connection reset by peer']],
  ['ECONNABORTED', [10_053, 'Software caused connection abort']],
  ['EPIPE', [10_054, 'Broken pipe']],
  ['ETIMEDOUT', [10_060, 'Connection timed out']],
  ['EHOSTUNREACH', [10_065, 'No route to host']],
  ['ENETUNREACH', [10_051, 'Network is unreachable']],
  ['ENOTFOUND', [11_001, 'Name or service not known']],
  ['EAI_AGAIN', [11_002, 'Temporary failure in name resolution']],
]);

function exception(
  type: string,
  message: string,
  { inner, error = 0 }: { inner?: NetException; error?: number } = {},
): NetException {
  const details = { HttpRequestError: enumOf('System.Net.Http.HttpRequestError', error) };
  return new NetException(namedType(type), message, { inner, details });
}

const requestException = 'System.Net.Http.HttpRequestException';
const ioException = 'System.Net.Http.HttpIOException';

function socketException(code: string): NetException {
  const [number, message] = socketErrors.get(code) ?? [-1, 'Unknown socket error'];
  return ofSocket(number, message);
}

function ofSocket(number: number, message: string): NetException {
  const details = { SocketErrorCode: enumOf('System.Net.Sockets.SocketError', number), ErrorCode: number };
  return new NetException(namedType('System.Net.Sockets.SocketException'), message, { details });
}

/** The error of a request that had no answer. Nothing of it is named but host and port. */
export function sendError({ kind, code }: WebFailure, request: HttpRequestMessage, seconds: number): ErrorRecord {
  const host = (kind === 'granted' ? request.headers.first('Host') : undefined) ?? hostOf(request.url);
  switch (kind) {
    case 'granted':
      return requestError(request, `Access to ${host} is not granted.`, ofSocket(10_013, 'Permission denied'), 2);
    case 'address': {
      const message = `Access to ${host} is not granted: its address is one that is never called.`;
      return requestError(request, message, ofSocket(10_013, 'Permission denied'), 2);
    }
    case 'name':
    case 'connect': {
      const inner = socketException(code);
      return requestError(request, `${inner.message} (${host})`, inner, kind === 'name' ? 1 : 2);
    }
    case 'trust':
      return tlsError(
        request,
        'The remote certificate is invalid because of errors in the certificate chain: UntrustedRoot',
      );
    case 'name-mismatch':
      return tlsError(
        request,
        'The remote certificate is invalid according to the validation procedure: RemoteCertificateNameMismatch',
      );
    case 'tls':
      return tlsError(request, 'Cannot determine the frame size or a corrupted frame was received.');
    case 'headers':
      return requestError(
        request,
        'The HTTP response headers length exceeded the set limit of 65536 bytes.',
        undefined,
        11,
      );
    case 'ended': {
      const inner = exception(ioException, 'The response ended prematurely. (ResponseEnded)', { error: 10 });
      return requestError(request, 'An error occurred while sending the request.', inner, 10);
    }
    case 'time': {
      const inner = new NetException(namedType('System.TimeoutException'), 'The operation was canceled.');
      const message = `The request was canceled due to the configured HttpClient.Timeout of ${seconds} seconds elapsing.`;
      return cmdletError('ConnectionTimeoutReached', message, {
        type: 'System.Threading.Tasks.TaskCanceledException',
        category: 'OperationTimeout',
        inner,
      });
    }
    case 'cancelled':
      return cmdletError('System.Threading.Tasks.TaskCanceledException', 'A task was canceled.', {
        type: 'System.Threading.Tasks.TaskCanceledException',
        category: 'NotSpecified',
      });
    default:
      return requestError(request, 'The server returned an invalid or unrecognized response.', undefined, 9);
  }
}

/** The error of a request whose headers cannot be sent. */
export function notAscii(request: HttpRequestMessage): ErrorRecord {
  return requestError(request, 'Request headers must contain only ASCII characters.', undefined, 0);
}

/** The error of an answer that broke off. @param missing bytes that its head had promised */
export function readError({ kind, code }: WebFailure, missing: number | undefined, seconds: number): ErrorRecord {
  if (kind === 'time') {
    return cmdletError(
      'OperationTimeoutReached',
      `The request was canceled due to the configured OperationTimeout of ${seconds} seconds elapsing`,
      {
        type: 'System.TimeoutException',
        category: 'OperationTimeout',
        inner: new NetException(
          namedType('System.Threading.Tasks.TaskCanceledException'),
          'The operation was canceled.',
        ),
      },
    );
  }
  if (kind === 'encoding') {
    return raw(
      new NetException(
        namedType('System.IO.InvalidDataException'),
        'The archive entry was compressed using an unsupported compression method.',
      ),
    );
  }
  if (kind === 'connect') {
    const inner = socketException(code);
    const message = `Unable to read data from the transport connection: ${inner.message}.`;
    return raw(new NetException(namedType('System.IO.IOException'), message, { inner }));
  }
  if (kind === 'invalid') {
    const message = 'The server returned an invalid or unrecognized response. (InvalidResponse)';
    return raw(exception(ioException, message, { error: 9 }));
  }
  const promised = missing === undefined ? '' : `, with at least ${missing} additional bytes expected`;
  return raw(exception(ioException, `The response ended prematurely${promised}. (ResponseEnded)`, { error: 10 }));
}

/** An exception that a cmdlet lets through. */
function raw(thrown: NetException): ErrorRecord {
  return recorded(new ErrorRecord(thrown, thrown.type.name, 'NotSpecified'));
}

function recorded(record: ErrorRecord): ErrorRecord {
  record.exception.record = record;
  return record;
}

function requestError(
  request: HttpRequestMessage,
  message: string,
  inner: NetException | undefined,
  error: number,
): ErrorRecord {
  const thrown = exception(requestException, message, inner === undefined ? { error } : { inner, error });
  const record = new ErrorRecord(thrown, 'WebCmdletWebResponseException', 'InvalidOperation', request);
  if (inner !== undefined) record.details = { message: inner.message, recommendedAction: '' };
  return recorded(record);
}

function tlsError(request: HttpRequestMessage, reason: string): ErrorRecord {
  const inner = new NetException(namedType('System.Security.Authentication.AuthenticationException'), reason);
  return requestError(request, 'The SSL connection could not be established, see inner exception.', inner, 3);
}

function hostOf(url: string): string {
  const { hostname, port, protocol } = new URL(url);
  return `${hostname}:${port === '' ? (protocol === 'https:' ? 443 : 80) : port}`;
}
