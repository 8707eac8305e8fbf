import type { Property, TypeDescription } from '../net-type.ts';

/** The system stands for itself: nothing of the machine goes out. */
const system = '(Linux; Linux; )';

/** What requests say of themselves where nobody names another: the version is the one that the engine agrees with. */
export const defaultAgent = `Mozilla/5.0 ${system} PowerShell/7.6.5`;

const agent = (value: string): Property => ({ type: 'string', get: () => value });

export const userAgentDescription: TypeDescription = {
  name: 'Microsoft.PowerShell.Commands.PSUserAgent',
  kind: 'class',
  staticProperties: {
    Chrome: agent(`Mozilla/5.0 ${system} AppleWebKit/534.6 (KHTML, like Gecko) Chrome/7.0.500.0 Safari/534.6`),
    FireFox: agent(`Mozilla/5.0 ${system} Gecko/20100401 Firefox/4.0`),
    InternetExplorer: agent('Mozilla/5.0 (compatible; MSIE 9.0; Linux; Linux; )'),
    Opera: agent(`Opera/9.70 ${system} Presto/2.2.1`),
    Safari: agent(`Mozilla/5.0 ${system} AppleWebKit/533.16 (KHTML, like Gecko) Version/5.0 Safari/533.16`),
  },
};
