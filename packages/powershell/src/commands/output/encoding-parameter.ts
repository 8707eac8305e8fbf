import { baseOf } from '../../conversion/base.ts';
import { netFailure } from '../../errors/raise.ts';
import type { Session } from '../../runtime/session.ts';
import type { Value } from '../../values/value.ts';
import type { CmdletCall, CmdletParameter } from '../description.ts';
import { type FileEncoding, fileEncoding } from './file-encoding.ts';

/** `-Encoding`: a name that no encoding has is an error of the argument. */
export const encodingParameter: CmdletParameter = {
  name: 'Encoding',
  type: 'object',
  validate: { notNullOrEmpty: true },
  transform(value: Value, session: Session) {
    if (baseOf(value) === null || fileEncoding(value, session) !== undefined) return value;
    const name = session.text(value);
    if (/^\d+$/.test(name)) {
      const message =
        Number(name) > 65_535
          ? "Valid values are between 0 and 65535, inclusive. (Parameter 'codepage')"
          : `No data is available for encoding ${name}. For information on defining a custom encoding, see the documentation for the Encoding.RegisterProvider method.`;
      throw netFailure(
        Number(name) > 65_535 ? 'System.ArgumentOutOfRangeException' : 'System.NotSupportedException',
        message,
      );
    }
    const message = `'${name}' is not a supported encoding name. For information on defining a custom encoding, see the documentation for the Encoding.RegisterProvider method. (Parameter 'name')`;
    throw netFailure('System.ArgumentException', message);
  },
};

/** What `-Encoding` of a call says; `undefined` where it was not given. */
export function encodingOf(call: CmdletCall): FileEncoding | undefined {
  return call.has('Encoding') ? fileEncoding(call.get('Encoding'), call.session) : undefined;
}
