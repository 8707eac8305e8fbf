import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Writes the files that the works read into a folder: `people-1m.csv`, `people-100k.csv`, `people.json`. */
export function writePeople(folder: string): void {
  writePieces(join(folder, 'people-1m.csv'), rows(1_000_000));
  writePieces(join(folder, 'people-100k.csv'), rows(100_000));
  writePieces(join(folder, 'people.json'), objects(250_000));
}

function* rows(count: number): Generator<string> {
  yield 'AzureObjectID;IsActive;DisplayName;EmployeeId;Title;UserName;Email\n';
  for (let i = 0; i < count; i++) {
    const id = `${i}-0000-4000-8000-${String(i).padStart(12, '0')}`;
    yield `${id};True;Person ${i};E${i};Engineer;person${i}@contoso.lab;person${i}@contoso.lab\n`;
  }
}

function* objects(count: number): Generator<string> {
  for (let i = 0; i < count; i++) {
    const dept = { code: i % 100, title: `Department ${i % 100}` };
    const emails = [{ value: `p${i}@x.org`, primary: true }];
    const person = JSON.stringify({ id: i, name: `Person ${i}`, active: true, emails, dept });
    yield `${i === 0 ? '[' : ','}${person}`;
  }
  yield ']';
}

function writePieces(path: string, pieces: Iterable<string>): void {
  const file = openSync(path, 'w');
  try {
    let waiting = '';
    for (const piece of pieces) {
      waiting += piece;
      if (waiting.length < 1 << 20) continue;
      writeSync(file, waiting);
      waiting = '';
    }
    writeSync(file, waiting);
  } finally {
    closeSync(file);
  }
}
