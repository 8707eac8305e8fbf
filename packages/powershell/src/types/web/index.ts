import type { TypeDescription } from '../net-type.ts';
import { cookieDescriptions } from './cookie-descriptions.ts';
import { webEnums } from './enums.ts';
import { headerDescriptions } from './http-headers.ts';
import { messageDescriptions } from './http-messages.ts';
import { userAgentDescription } from './user-agent.ts';
import { webExceptions } from './web-exceptions.ts';
import { webRequestSessionDescription } from './web-request-session.ts';
import { webResponseDescriptions } from './web-response-object.ts';

export const descriptions: readonly TypeDescription[] = [
  ...webEnums,
  ...webExceptions,
  ...headerDescriptions,
  ...messageDescriptions,
  ...cookieDescriptions,
  ...webResponseDescriptions,
  webRequestSessionDescription,
  userAgentDescription,
];
