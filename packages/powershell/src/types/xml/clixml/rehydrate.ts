import { NetFailure } from '../../../errors/raise.ts';
import { Thrown } from '../../../errors/thrown.ts';
import type { Session } from '../../../runtime/session.ts';
import type { Instance } from '../../../values/instance.ts';
import { PSCustomObject } from '../../../values/ps-object.ts';
import { SwitchParameter } from '../../../values/switch-parameter.ts';
import type { Value } from '../../../values/value.ts';
import { namedType } from '../../intrinsic.ts';
import { PSCredential } from '../../security/ps-credential.ts';
import { SecureString } from '../../security/secure-string.ts';

/** The types whose text makes them anew. */
const fromText = new Set(['System.Net.IPAddress', 'System.Net.Mail.MailAddress']);

/** Makes an object of the few types that come back as what they were; every other stays what was read. */
export function rehydrated(type: string, read: Instance, text: string | undefined, session: Session): Value {
  if (!(read instanceof PSCustomObject)) return read;
  const note = (name: string): Value => read.note(name);
  if (type === 'System.Management.Automation.PSCredential') {
    const [name, password] = [note('UserName'), note('Password')];
    return typeof name === 'string' && password instanceof SecureString ? new PSCredential(name, password) : read;
  }
  if (type === 'System.Management.Automation.SwitchParameter') {
    const isPresent = note('IsPresent');
    return typeof isPresent === 'boolean' ? SwitchParameter.of(isPresent) : read;
  }
  const source = type === 'System.Globalization.CultureInfo' ? note('Name') : fromText.has(type) ? text : undefined;
  if (typeof source !== 'string') return read;
  try {
    return session.convert(source, namedType(type));
  } catch (error) {
    // What cannot be made stays what was read.
    if (error instanceof Thrown || error instanceof NetFailure) return read;
    throw error;
  }
}
