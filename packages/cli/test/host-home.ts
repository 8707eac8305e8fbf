import { chownSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createConnectorFiles, homeAt } from '@joinery/host';
import { systemRandom } from '@joinery/runtime';
import { temporaryFolder } from '../../../testing/folder.ts';

export const token = 'a-secret-token-of-tests';

export const header = 'AzureObjectID;IsActive;UserName';
export const rows = ['id-1;True;ada@contoso.example', 'id-2;False;bo@contoso.example'];

export interface HostHome {
  readonly folder: string;
  /** The target file of the connector `CSV`. */
  readonly file: string;
}

/** A home folder with the connector `CSV` on a file of two people. */
export async function hostHome(content: string | Uint8Array = [header, ...rows, ''].join('\n')): Promise<HostHome> {
  const folder = join(await temporaryFolder(), 'host');
  await createConnectorFiles({
    home: folder,
    token,
    random: systemRandom,
    connector: {
      name: 'CSV',
      connector: 'csv',
      parameters: { FileName: 'InputFile.txt', Anchor: 'AzureObjectID', ColumnTypes: 'IsActive:Boolean' },
      types: [
        {
          objectType: 'Person',
          anchor: 'AzureObjectID',
          attributes: [{ name: 'AzureObjectID' }, { name: 'IsActive', type: 'Boolean' }, { name: 'UserName' }],
        },
      ],
    },
  });
  const file = join(homeAt(folder).connectorFolder('CSV'), 'InputFile.txt');
  await writeFile(file, content);
  return { folder, file };
}

/** Every file below a folder with its content, except the locks' own files. */
export function contents(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const files = names.filter((name) => !name.includes('.joinery-lock') && statSync(join(folder, name)).isFile());
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name), 'base64')]));
}

/** Gives a folder and everything in it to another account; only root may. */
export function giveTo(uid: number, folder: string): void {
  chownSync(folder, uid, uid);
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    chownSync(join(folder, name), uid, uid);
}

/** An account that owns nothing, or undefined where the tests may not change accounts: then they are such an account themselves. */
export const ordinary = process.getuid?.() === 0 ? 65_534 : undefined;
