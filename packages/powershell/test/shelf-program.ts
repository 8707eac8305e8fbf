import { serveScripts } from '../src/sandbox/child/serve-scripts.ts';
import { shelves } from './shelves.ts';

/* The entry of a script process with shelves. */

serveScripts(shelves);
