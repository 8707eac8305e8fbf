import { WebResponseObject } from '../../types/web/web-response-object.ts';
import type { CmdletDescription } from '../description.ts';
import { relationLinks } from './link-header.ts';
import { webLeftOut, webParameters } from './parameters.ts';
import { bodyPieces, outFilePath, saveBody, wholeBody } from './response-body.ts';
import { contentTypeOf, isTextType, responseText } from './response-text.ts';
import { webCall } from './web-call.ts';

export const invokeWebRequest: CmdletDescription = {
  name: 'Invoke-WebRequest',
  typeName: 'Microsoft.PowerShell.Commands.InvokeWebRequestCommand',
  module: 'Microsoft.PowerShell.Utility',
  defaultSet: 'StandardMethod',
  parameters: webParameters,
  leftOut: webLeftOut,
  start: (call) => ({
    process() {
      webCall(call, 1, (received, savesFile) => {
        const { response, resumes } = received;
        const outFile = call.has('OutFile') ? outFilePath(call, response) : undefined;
        if (outFile !== undefined && !call.isOn('PassThru') && savesFile) {
          saveBody(call, outFile, bodyPieces(call, received), resumes);
          return;
        }
        const bytes = wholeBody(call, received);
        const text = isTextType(contentTypeOf(response)) ? responseText(call, response, bytes) : undefined;
        const { budget } = call.session;
        const reserve = (count: number): void => budget.reserve(count);
        call.write(
          new WebResponseObject({ response, bytes, text, relationLink: relationLinks(response), outFile, reserve }),
        );
        if (outFile !== undefined && savesFile) saveBody(call, outFile, [bytes], resumes);
      });
    },
  }),
};
