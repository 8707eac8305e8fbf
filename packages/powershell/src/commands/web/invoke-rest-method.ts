import { headerDictionary } from '../../types/web/http-headers.ts';
import type { Value } from '../../values/value.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { setVariable } from '../variables/variable-access.ts';
import { webLeftOut, webParameters } from './parameters.ts';
import { bodyPieces, outFilePath, saveBody, wholeBody } from './response-body.ts';
import { responseText } from './response-text.ts';
import { restContent } from './rest-content.ts';
import type { Received } from './send-request.ts';
import { webCall } from './web-call.ts';

export const invokeRestMethod: CmdletDescription = {
  name: 'Invoke-RestMethod',
  typeName: 'Microsoft.PowerShell.Commands.InvokeRestMethodCommand',
  module: 'Microsoft.PowerShell.Utility',
  defaultSet: 'StandardMethod',
  parameters: [
    { name: 'FollowRelLink', type: 'switch', aliases: ['FL'] },
    { name: 'MaximumFollowRelLink', type: 'int', aliases: ['ML'], validate: { range: [1, 2 ** 31 - 1] } },
    { name: 'ResponseHeadersVariable', type: 'string', aliases: ['RHV'] },
    { name: 'StatusCodeVariable', type: 'string' },
    ...webParameters,
  ],
  leftOut: webLeftOut,
  start: (call) => ({
    process() {
      const most = call.get('MaximumFollowRelLink');
      const links = call.isOn('FollowRelLink') ? (typeof most === 'number' ? most : Number.POSITIVE_INFINITY) : 1;
      webCall(call, links, (received, savesFile) => {
        takeAnswer(call, received, savesFile);
        const { response } = received;
        keep(call, 'StatusCodeVariable', response.status);
        keep(call, 'ResponseHeadersVariable', headerDictionary(response.headers, response.content.headers));
      });
    },
  }),
};

function takeAnswer(call: CmdletCall, received: Received, savesFile: boolean): void {
  const { response, resumes } = received;
  const outFile = savesFile ? outFilePath(call, response) : undefined;
  if (outFile !== undefined && !call.isOn('PassThru')) {
    saveBody(call, outFile, bodyPieces(call, received), resumes);
    return;
  }
  const bytes = wholeBody(call, received);
  for (const value of restContent(call, response, responseText(call, response, bytes).content)) call.write(value);
  if (outFile !== undefined) saveBody(call, outFile, [bytes], resumes);
}

function keep(call: CmdletCall, parameter: string, value: Value): void {
  if (!call.has(parameter)) return;
  const { session } = call;
  setVariable(call.scope, session.text(call.get(parameter)), value, { session });
}
