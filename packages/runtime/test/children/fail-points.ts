/** Visits two declared fail-points three times each and prints what it reached. */
import { checkArmedFailPoint, defineFailPoints } from '../../src/index.ts';

const failPoint = defineFailPoints('test', ['first', 'second']);
checkArmedFailPoint();
for (let round = 1; round <= 3; round++) {
  failPoint('first');
  process.stdout.write(`first ${round}\n`);
  failPoint('second');
  process.stdout.write(`second ${round}\n`);
}
