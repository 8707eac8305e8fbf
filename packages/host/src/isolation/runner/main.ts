import { hostPort } from './port.ts';
import { Runner } from './runner.ts';

/* What a worker thread or child process of the host runs that holds one connector. */
new Runner(hostPort());
