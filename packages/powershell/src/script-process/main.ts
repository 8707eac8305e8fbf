import { serveScripts } from '../sandbox/child/serve-scripts.ts';

/* The process that runs scripts with nothing but the language's own. */

serveScripts();
