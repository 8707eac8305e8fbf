import { join } from 'node:path';

/** The paths of a host's home folder (design: the two halves and their first-class files). */
export interface Home {
  readonly folder: string;
  readonly settings: string;
  readonly connectors: string;
  readonly vault: string;
  readonly certificates: string;
  /** Which connectors write nothing. */
  readonly readOnly: string;
  /** How the commands reach the host that runs; there while it does. */
  readonly manage: string;
  readonly space: string;
  /** The original's ECMA folder: Schema.xml and the like. */
  readonly extensions: string;
  connectorFile(name: string): string;
  spaceFile(name: string): string;
  /** The folder handed to a connector as its own. */
  connectorFolder(name: string): string;
}

/** @param folder the home folder; nothing of it need exist */
export function homeAt(folder: string): Home {
  return {
    folder,
    settings: join(folder, 'host.yaml'),
    connectors: join(folder, 'connectors'),
    vault: join(folder, 'vault.json'),
    certificates: join(folder, 'certs'),
    readOnly: join(folder, 'read-only.json'),
    manage: join(folder, 'manage.json'),
    space: join(folder, 'space'),
    extensions: join(folder, 'Extensions'),
    connectorFile: (name) => join(folder, 'connectors', `${name}.yaml`),
    spaceFile: (name) => join(folder, 'space', `${name}.sqlite`),
    connectorFolder: (name) => join(folder, 'MAData', name),
  };
}
