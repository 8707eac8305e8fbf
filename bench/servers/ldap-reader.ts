/*
 * Reads everybody in a directory and stores nobody: <file with a place as JSON> <import|library|hand>
 */
import { readFile } from 'node:fs/promises';
import { readByHand } from '../ldap/hand-reader.ts';
import { importReader } from '../ldap/import-reader.ts';
import { readByLibrary } from '../ldap/library-reader.ts';
import type { Place, Reader } from '../ldap/place.ts';
import { answerBench } from './announce.ts';

const [file = '', contender = ''] = process.argv.slice(2);
const place: Place = JSON.parse(await readFile(file, 'utf8'));
const reader = await readerOf(contender);
await answerBench(
  { url: `ldap://${place.host}:${place.port}`, token: '', certificate: '' },
  {
    read: async () => {
      const started = performance.now();
      const people = await reader.read();
      return { milliseconds: performance.now() - started, people };
    },
  },
);
await reader.close();

async function readerOf(name: string): Promise<Reader> {
  const close = async (): Promise<void> => {};
  if (name === 'library') return { read: () => readByLibrary(place), close };
  if (name === 'hand') return { read: () => readByHand(place), close };
  return await importReader(place);
}
