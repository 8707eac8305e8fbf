import { serveScripts } from '@joinery/powershell/script-process';
import { connectorRegistration } from '../registration.ts';

/* The process that runs connector scripts. */

serveScripts(connectorRegistration);
