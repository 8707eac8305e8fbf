/** Takes the folder of its first argument, says so, and stays until it is killed or its input ends. */
import { lockFolder } from '../../src/index.ts';

lockFolder(process.argv[2] ?? '');
process.stdout.write('held\n');
process.stdin.resume();
