/** Writes as many bytes as its second argument says into the file of its first, durably; prints the code of the problem, if any. */
import { isProblem } from '@joinery/problems';
import { writeFileDurably } from '../../src/index.ts';

const [, , path = '', size = '0'] = process.argv;

function* content(): Generator<Uint8Array> {
  const part = new Uint8Array(65_536).fill(0x78);
  for (let left = Number(size); left > 0; left -= part.length) yield part.subarray(0, Math.min(left, part.length));
}

try {
  await writeFileDurably(path, content());
  process.stdout.write('written\n');
} catch (error) {
  process.stdout.write(`${isProblem(error) ? error.code : String(error)}\n`);
}
