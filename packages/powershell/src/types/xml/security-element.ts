import { text } from '../../values/narrow.ts';
import type { TypeDescription } from '../net-type.ts';

const references: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '&': '&amp;',
};

/** `SecurityElement`: what scripts use it for is to make text safe for XML. */
export const securityElementDescription: TypeDescription = {
  name: 'System.Security.SecurityElement',
  kind: 'class',
  staticMethods: {
    Escape: [
      {
        signature: 'static string Escape(string str)',
        invoke: (_self, [given]) =>
          given === null ? null : text(given).replace(/[<>"'&]/g, (sign) => references[sign] ?? sign),
      },
    ],
  },
};
