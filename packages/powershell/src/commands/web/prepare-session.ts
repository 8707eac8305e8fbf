import { toNetText } from '../../conversion/text.ts';
import { PSCredential } from '../../types/security/ps-credential.ts';
import { NetworkCredential, SecureString } from '../../types/security/secure-string.ts';
import { WebRequestSession } from '../../types/web/web-request-session.ts';
import { Dictionary } from '../../values/dictionary.ts';
import { EnumValue } from '../../values/enum.ts';
import type { CmdletCall } from '../description.ts';
import { setVariable } from '../variables/variable-access.ts';
import { authenticationOf, authorizationOf } from './authentication.ts';

/** The session of a call, with what the parameters add to it. It keeps them for the requests after. */
export function prepareSession(call: CmdletCall): WebRequestSession {
  const given = call.get('WebSession');
  const session = given instanceof WebRequestSession ? given : new WebRequestSession();
  const { session: engine } = call;
  if (call.has('SessionVariable')) {
    setVariable(call.scope, engine.text(call.get('SessionVariable')), session, { session: engine });
  }
  const credential = call.get('Credential');
  if (credential instanceof PSCredential && authenticationOf(call) === 'None') {
    const { userName = '', password = new SecureString() } = credential;
    session.credentials = new NetworkCredential(userName, password);
  }
  const authorization = authorizationOf(call);
  if (authorization !== undefined) session.headers.set('Authorization', authorization);
  if (call.has('UserAgent')) session.userAgent = engine.text(call.get('UserAgent'));
  const protocol = call.get('SslProtocol');
  if (protocol instanceof EnumValue) session.protocols = Number(protocol.value);
  const redirections = call.get('MaximumRedirection');
  if (typeof redirections === 'number') session.maximumRedirection = redirections;
  const headers = call.get('Headers');
  if (headers instanceof Dictionary) {
    for (const { key, value } of headers.items()) {
      if (value !== null && value !== undefined)
        session.headers.set(engine.text(key), toNetText(value, undefined, engine));
    }
  }
  const retries = call.get('MaximumRetryCount');
  if (typeof retries === 'number' && retries > 0) {
    session.maximumRetryCount = retries;
    const interval = call.get('RetryIntervalSec');
    session.retryIntervalInSeconds = typeof interval === 'number' ? interval : 5;
  }
  return session;
}
