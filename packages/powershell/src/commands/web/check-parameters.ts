import type { NetException } from '../../errors/net-exception.ts';
import { Uri } from '../../types/identity/uri.ts';
import { cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall } from '../description.ts';
import { resolveNative } from '../items/paths.ts';
import { authenticationOf } from './authentication.ts';

const cannot = 'The cmdlet cannot run because the following';

/** Ends the cmdlet for parameters that do not go together. In PowerShell's order, with its ids and words. */
export function checkParameters(call: CmdletCall): void {
  const conflict = (name: string, pair: string, choice: string, end = ''): never =>
    refuse(
      call,
      name,
      `${cannot} conflicting parameters are specified: ${pair}. Specify either ${choice}, then retry.${end}`,
    );
  const missing = (name: string, what: string): never =>
    refuse(
      call,
      name,
      `${cannot} parameter is not specified: ${what}. The supplied Authentication type requires a ${what}. Specify ${what}, then retry.`,
    );
  if (call.has('WebSession') && call.has('SessionVariable')) {
    conflict('SessionConflict', 'Session and SessionVariable', 'Session or SessionVariable');
  }
  const authentication = authenticationOf(call);
  const [hasToken, hasCredential] = [call.has('Token'), call.has('Credential')];
  if (authentication !== 'None' && hasToken && hasCredential) {
    conflict('AuthenticationTokenConflict', 'Credential and Token', 'Credential or Token');
  }
  if (authentication === 'Basic' && !hasCredential) missing('AuthenticationCredentialNotSupplied', 'Credential');
  if ((authentication === 'OAuth' || authentication === 'Bearer') && !hasToken) {
    missing('AuthenticationTokenNotSupplied', 'Token');
  }
  const isSecret = authentication !== 'None' || hasCredential;
  if (isSecret && !call.isOn('AllowUnencryptedAuthentication') && schemeOf(call) !== 'https') {
    refuse(
      call,
      'AllowUnencryptedAuthenticationRequired',
      'The cmdlet cannot protect plain text secrets sent over unencrypted connections. To suppress this warning and send plain text secrets over unencrypted networks, reissue the command specifying the AllowUnencryptedAuthentication parameter.',
    );
  }
  const hasBody = (call.get('Body') ?? null) !== null;
  if (hasBody && call.has('InFile')) conflict('BodyConflict', 'Body and InFile', 'Body or Infile', '  ');
  if (hasBody && call.has('Form')) conflict('BodyFormConflict', 'Body and Form', 'Body or Form', '  ');
  if (call.has('InFile') && call.has('Form')) conflict('FormInFileConflict', 'InFile and Form', 'InFile or Form', '  ');
  for (const name of ['PassThru', 'Resume']) {
    if (!call.isOn(name) || call.has('OutFile')) continue;
    refuse(
      call,
      'OutFileMissing',
      `${cannot} parameter is missing: OutFile. Provide a valid OutFile parameter value when using the ${name} parameter, then retry.`,
    );
  }
  if (call.isOn('Resume')) checkResumed(call);
}

/** Ends the cmdlet with one of its own refusals. */
export function refuse(call: CmdletCall, name: string, message: string, inner?: NetException): never {
  return call.fail(
    cmdletError(`WebCmdlet${name}Exception`, message, {
      type: 'System.Management.Automation.ValidationMetadataException',
      category: 'InvalidArgument',
      ...(inner === undefined ? {} : { inner }),
    }),
  );
}

/** The scheme of `-Uri`; one without a scheme is http. */
function schemeOf(call: CmdletCall): string {
  const uri = call.get('Uri');
  return uri instanceof Uri ? (uri.parts?.scheme ?? 'http') : 'http';
}

function checkResumed(call: CmdletCall): void {
  const path = resolveNative(call.session, call.session.text(call.get('OutFile')));
  if (call.session.world.files.stat(path)?.kind !== 'directory') return;
  refuse(
    call,
    'ResumeNotFilePath',
    `The Resume switch can only be used if OutFile targets a file but it resolves to a directory: ${path}.`,
  );
}
