import type { TypeDescription } from '../net-type.ts';
import { detail, exceptionDescription } from '../system/exceptions/describe-exception.ts';

/** Exceptions of requests, with the properties that scripts ask for the reason. */
export const webExceptions: readonly TypeDescription[] = [
  exceptionDescription('System.Net.Http.HttpRequestException', 'System.Exception', {
    properties: {
      StatusCode: detail('StatusCode', 'System.Net.HttpStatusCode'),
      HttpRequestError: detail('HttpRequestError', 'System.Net.Http.HttpRequestError'),
    },
  }),
  exceptionDescription('System.Net.Http.HttpIOException', 'System.IO.IOException', {
    properties: { HttpRequestError: detail('HttpRequestError', 'System.Net.Http.HttpRequestError') },
  }),
  exceptionDescription('System.Net.Sockets.SocketException', 'System.ComponentModel.Win32Exception', {
    message: 'Success',
    properties: {
      SocketErrorCode: detail('SocketErrorCode', 'System.Net.Sockets.SocketError'),
      ErrorCode: detail('ErrorCode', 'int'),
    },
  }),
  exceptionDescription('System.Security.Authentication.AuthenticationException', 'System.SystemException', {
    message: 'System error.',
  }),
];
