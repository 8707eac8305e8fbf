import type { Registration } from '@joinery/powershell/registration';
import { ecmaTypes } from './types/index.ts';

/** What connector scripts find beside the language's own: for the check, and for the process that runs them. */
export const connectorRegistration: Registration = { types: ecmaTypes };
