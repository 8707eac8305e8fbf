import { type WebAnswer, WebFailure, type WebRequest } from '../../runtime/web-access.ts';
import { pause } from '../../types/time/pause.ts';
import { cookieHeader } from '../../types/web/cookie-descriptions.ts';
import { type HttpRequestMessage, HttpResponseMessage } from '../../types/web/http-messages.ts';
import type { WebRequestSession } from '../../types/web/web-request-session.ts';
import { statusCode } from '../../types/web/web-response-object.ts';
import type { CmdletCall } from '../description.ts';
import { basicAuthorization } from './authentication.ts';
import { fillRequest, type RequestBody } from './request-body.ts';
import { requestMessage, resumedBytes } from './request-message.ts';
import { verboseRequest, verboseResponse } from './verbose-lines.ts';
import { notAscii, sendError } from './web-errors.ts';

/** As many redirects as .NET follows where nobody names a number. */
const usualRedirects = 50;

/** An answer with its body still to come. @property resumes what comes is the rest of the file that is there */
export interface Received {
  readonly response: HttpResponseMessage;
  readonly answer: WebAnswer;
  readonly resumes: boolean;
}

/** What is asked for; redirects change it. */
interface Wanted {
  readonly url: string;
  readonly method: string;
  readonly isRedirect: boolean;
}

/** Sends the requests of one call: follows redirects, answers challenges, tries again. */
export class RequestSender {
  readonly #call: CmdletCall;
  readonly #session: WebRequestSession;
  /** `-Resume` until the server says that there is nothing to resume. */
  #isResumed: boolean;

  constructor(call: CmdletCall, session: WebRequestSession) {
    this.#call = call;
    this.#session = session;
    this.#isResumed = call.isOn('Resume');
  }

  /** The last answer, whatever its status. Ends the cmdlet where there is none. */
  send(wanted: Wanted): Received {
    const { maximumRetryCount, retryIntervalInSeconds } = this.#session;
    for (let tries = maximumRetryCount; ; tries--) {
      const received = this.#sendOnce(wanted);
      const { response, answer } = received;
      const mayRetry = response.status === 304 || (response.status >= 400 && response.status <= 599);
      if (tries <= 0 || response.isSuccess || !mayRetry) return received;
      answer.close();
      const after = response.status === 429 ? response.headers.first('Retry-After') : undefined;
      const seconds = after !== undefined && /^\s*\d{1,9}\s*$/.test(after) ? Number(after) : retryIntervalInSeconds;
      const name = this.#call.session.text(statusCode(response.status));
      this.#call.writeVerbose(
        `Retrying after interval of ${seconds} seconds. Status code for previous attempt: ${name}`,
      );
      pause(this.#call.session.budget, seconds * 1000);
    }
  }

  #sendOnce(wanted: Wanted): Received {
    const received = this.#followed(wanted);
    const { response, answer } = received;
    if (!this.#isResumed || response.status !== 416) return received;
    const [, length] = /\/(\d+)\s*$/.exec(response.content.headers.first('Content-Range') ?? '') ?? [];
    if (length === undefined || Number(length) === resumedBytes(this.#call)) return received;
    answer.close();
    this.#isResumed = false;
    this.#call.writeVerbose(
      'The remote server indicated it could not resume downloading. The local file will be overwritten.',
    );
    return this.#followed({ ...wanted, url: response.request.url });
  }

  #followed(first: Wanted): Received {
    const call = this.#call;
    const { maximumRedirection } = this.#session;
    // Where PowerShell follows redirects by itself it sends no body along.
    const isOwn =
      (call.isOn('PreserveAuthorizationOnRedirect') && this.#session.headers.item('Authorization') !== undefined) ||
      call.isOn('AllowInsecureRedirect') ||
      call.isOn('PreserveHttpMethodOnRedirect');
    let wanted = first;
    let hasBody = true;
    for (let left = maximumRedirection < 0 ? usualRedirects : maximumRedirection; ; left--) {
      const received = this.#exchange(wanted, hasBody);
      const { response, answer } = received;
      const target = left > 0 ? redirectTarget(response) : undefined;
      if (target === undefined) return received;
      if (target.startsWith('http:') && wanted.url.startsWith('https:') && !call.isOn('AllowInsecureRedirect')) {
        return received;
      }
      answer.close();
      const becomesGet = isGetAfter(response.status, wanted.method) && !call.isOn('PreserveHttpMethodOnRedirect');
      hasBody &&= !isOwn && !becomesGet;
      wanted = { url: target, method: becomesGet ? 'GET' : wanted.method, isRedirect: true };
    }
  }

  /** One request and its answer; once more with the credential where the server asks for it. */
  #exchange(wanted: Wanted, hasBody: boolean): Received {
    const received = this.#ask(wanted, hasBody, undefined);
    const { credentials } = this.#session;
    if (received.response.status !== 401 || credentials === undefined) return received;
    const challenges = received.response.headers.get('WWW-Authenticate') ?? [];
    if (!challenges.some((challenge) => /(?:^|,)\s*Basic\b/i.test(challenge))) return received;
    received.answer.close();
    const { userName, domain, password } = credentials;
    const name = domain === '' ? userName : `${domain}\\${userName}`;
    return this.#ask(wanted, hasBody, basicAuthorization(name, password.reveal()));
  }

  #ask(wanted: Wanted, hasBody: boolean, authorization: string | undefined): Received {
    const call = this.#call;
    const request = requestMessage(call, this.#session, { ...wanted, range: this.#isResumed });
    if (authorization !== undefined) request.headers.set('Authorization', authorization);
    const body = hasBody ? fillRequest(call, this.#session, request) : undefined;
    verboseRequest(call, request, body?.length);
    const seconds = call.get('ConnectionTimeoutSeconds');
    const longest = typeof seconds === 'number' && seconds > 0 ? seconds : undefined;
    try {
      const answer = call.session.world.web.send(this.#line(request, body, longest));
      const response = new HttpResponseMessage(request, answer.status, answer.reason, answer.headers);
      this.#takeCookies(request.url, answer.headers);
      verboseResponse(call, response);
      return { response, answer, resumes: this.#isResumed && answer.status === 206 };
    } catch (error) {
      if (!(error instanceof WebFailure)) throw error;
      return call.fail(sendError(error, request, longest ?? 0));
    }
  }

  /** The request as it goes out: with what the client adds, and the cookies. */
  #line(request: HttpRequestMessage, body: RequestBody | undefined, seconds: number | undefined): WebRequest {
    const call = this.#call;
    const lines: string[] = [];
    for (const group of [request.headers, request.contentHeaders]) {
      for (const { name, values } of group)
        if (!ofConnection.has(name.toLowerCase())) lines.push(name, values.join(', '));
    }
    if (request.headers.get('Accept-Encoding') === undefined) lines.push('Accept-Encoding', 'gzip, deflate, br');
    const cookies = cookieHeader(this.#session.cookies, new URL(request.url), call.session.clock.now());
    if (lines.some((text) => !/^[\t\x20-\x7e]*$/.test(text))) call.fail(notAscii(request));
    const given = lines.indexOf('Cookie');
    if (cookies !== '' && given === -1) lines.push('Cookie', cookies);
    else if (cookies !== '') lines[given + 1] = `${lines[given + 1]}; ${cookies}`;
    if (body?.length !== undefined) lines.push('Content-Length', String(body.length));
    return {
      method: request.method,
      url: request.url,
      headers: lines,
      body: body?.length === 0 ? undefined : body?.pieces,
      tls: tlsVersions(this.#session.protocols),
      closes: call.isOn('DisableKeepAlive') || /\bclose\b/i.test(request.headers.first('Connection') ?? ''),
      milliseconds: seconds === undefined ? undefined : seconds * 1000,
    };
  }

  #takeCookies(url: string, lines: readonly string[]): void {
    const now = this.#call.session.clock.now();
    for (let at = 0; at + 1 < lines.length; at += 2) {
      if (lines[at]?.toLowerCase() === 'set-cookie') this.#session.cookies.take(new URL(url), lines[at + 1] ?? '', now);
    }
  }
}

/** Fields of the connection, which whoever opens it writes (RFC 9110 7.6.1); nothing is announced that is not kept. */
const ofConnection = new Set([
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'te',
  'trailer',
]);

function tlsVersions(protocols: number): readonly ('TLSv1.2' | 'TLSv1.3')[] {
  const allowed: ('TLSv1.2' | 'TLSv1.3')[] = [];
  if ((protocols & 3072) === 3072) allowed.push('TLSv1.2');
  if ((protocols & 12_288) === 12_288) allowed.push('TLSv1.3');
  return allowed;
}

/** Statuses that PowerShell and .NET take for redirects. */
const redirects = new Set([300, 301, 302, 303, 307, 308]);

export function isRedirect(status: number): boolean {
  return redirects.has(status);
}

/** Where an answer sends on to; `undefined` where it does not, or to what is no address of the web. */
function redirectTarget({ status, headers, request }: HttpResponseMessage): string | undefined {
  const location = headers.first('Location');
  if (!isRedirect(status) || location === undefined) return undefined;
  const url = URL.parse(location, request.url);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '') return undefined;
  url.hash = '';
  url.username = '';
  url.password = '';
  return url.href;
}

/** Whether a redirect is followed by a GET (RFC 9110 15.4, as .NET reads it). */
function isGetAfter(status: number, method: string): boolean {
  if (status === 303) return method !== 'GET' && method !== 'HEAD';
  return status <= 302 && method === 'POST';
}
