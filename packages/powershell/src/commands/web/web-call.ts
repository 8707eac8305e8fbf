import { ErrorRecord } from '../../errors/error-record.ts';
import { NetException } from '../../errors/net-exception.ts';
import { enumOf } from '../../types/enumeration.ts';
import { namedType } from '../../types/intrinsic.ts';
import { statusFailure } from '../../types/web/http-messages.ts';
import { statusCode } from '../../types/web/web-response-object.ts';
import { cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall } from '../description.ts';
import { checkParameters } from './check-parameters.ts';
import { errorDetails } from './error-details.ts';
import { relationLinks } from './link-header.ts';
import { prepareSession } from './prepare-session.ts';
import { addressOf, methodOf, resumedBytes } from './request-message.ts';
import { wholeBody } from './response-body.ts';
import { responseText } from './response-text.ts';
import { isRedirect, type Received, RequestSender } from './send-request.ts';

/**
 * One call of Invoke-WebRequest or Invoke-RestMethod: its requests, until `take` has had the last answer.
 * @param followedLinks how many answers are asked for where each names the next; 1 where none is followed
 */
export function webCall(
  call: CmdletCall,
  followedLinks: number,
  take: (received: Received, savesFile: boolean) => void,
): void {
  checkParameters(call);
  const session = prepareSession(call);
  const method = methodOf(call);
  let url = addressOf(call, method);
  for (let followed = 0; followed < followedLinks; followed++) {
    if (followed > 0) call.writeVerbose(`Following rel link ${url}`);
    const received = new RequestSender(call, session).send({ url, method, isRedirect: followed > 0 });
    const { response, answer } = received;
    const isWhole = response.status === 416 && isFileWhole(call, received);
    checkRedirection(call, received);
    if (!call.isOn('SkipHttpErrorCheck') && !response.isSuccess && !isWhole) fail(call, received);
    take(received, call.has('OutFile') && !isWhole);
    answer.close();
    if (session.maximumRedirection === 0 && isRedirect(response.status)) {
      const record = cmdletError('MaximumRedirectExceeded', notValid, { target: response.request });
      record.details = { message: tooManyRedirects, recommendedAction: '' };
      call.writeError(record);
    }
    const next = followedLinks > 1 ? relationLinks(response).item('next')?.value : undefined;
    if (typeof next !== 'string') return;
    url = next;
  }
}

const notValid = 'Operation is not valid due to the current state of the object.';
const tooManyRedirects =
  'The maximum redirection count has been exceeded. To increase the number of redirections allowed, supply a higher value to the -MaximumRedirection parameter.';

/** Whether `-Resume` has nothing to add to the file. */
function isFileWhole(call: CmdletCall, { response }: Received): boolean {
  if (!call.isOn('Resume')) return false;
  const [, length] = /\/(\d+)\s*$/.exec(response.content.headers.first('Content-Range') ?? '') ?? [];
  if (length === undefined || Number(length) !== resumedBytes(call)) return false;
  const path = call.session.text(call.get('OutFile'));
  call.writeVerbose(
    `The file will not be re-downloaded because the remote file is the same size as the OutFile: ${path}`,
  );
  return true;
}

/** Ends the cmdlet where an answer over https sends on to http. */
function checkRedirection(call: CmdletCall, { response, answer }: Received): void {
  const location = response.headers.first('Location');
  const isInsecure = response.request.url.startsWith('https:') && /^\s*http:/i.test(location ?? '');
  if (!isInsecure || call.isOn('AllowInsecureRedirect')) return;
  answer.close();
  const record = cmdletError('InsecureRedirection', notValid, { target: response.request });
  record.details = {
    message:
      'Cannot follow an insecure redirection by default. Reissue the command specifying the -AllowInsecureRedirect switch. ',
    recommendedAction: '',
  };
  call.fail(record);
}

/** Ends the cmdlet with the error of an answer that is no success; its body is in the details. */
function fail(call: CmdletCall, received: Received): never {
  const { response } = received;
  const { content } = responseText(call, response, wholeBody(call, received));
  const exception = new NetException(
    namedType('Microsoft.PowerShell.Commands.HttpResponseException'),
    statusFailure(response.status, response.reason),
    {
      details: {
        Response: response,
        StatusCode: statusCode(response.status),
        HttpRequestError: enumOf('System.Net.Http.HttpRequestError', 0),
      },
    },
  );
  const record = new ErrorRecord(exception, 'WebCmdletWebResponseException', 'InvalidOperation', response.request);
  exception.record = record;
  const message = errorDetails(call, response, content);
  if (message !== '') record.details = { message, recommendedAction: '' };
  return call.fail(record);
}
