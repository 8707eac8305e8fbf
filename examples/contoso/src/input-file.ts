import { readFileSync } from 'node:fs';
import { packageAsset } from '@joinery/runtime';

/**
 * The target file as the application kept it before Joinery came: `assets/InputFile.txt`, with the directory's object id
 * where the template names a person as `{{userPrincipalName}}`. Administrators who adopt the tutorial put these ids into
 * their file in the same way, so that existing people are matched and not created twice.
 * @param objectIds object id by userPrincipalName
 */
export function initialInputFile(objectIds: ReadonlyMap<string, string>): string {
  const template = readFileSync(packageAsset(import.meta.url, '../assets/InputFile.txt'), 'utf8');
  return template.replace(/\{\{([^}]+)\}\}/g, (_, userPrincipalName: string) => {
    const id = objectIds.get(userPrincipalName);
    if (id === undefined)
      throw new TypeError(`assets/InputFile.txt names ${userPrincipalName}, who is not in people.json`);
    return id;
  });
}
