import type { CmdletDescription } from '../description.ts';
import { copyItem } from './copy-item.ts';
import { getPSDrive, getPSProvider, newPSDrive, removePSDrive } from './drive-cmdlets.ts';
import { getChildItem } from './get-child-item.ts';
import { getContent } from './get-content.ts';
import { getItem } from './get-item.ts';
import { itemPropertyCmdlets } from './item-property.ts';
import { joinPath } from './join-path.ts';
import { getLocation, popLocation, pushLocation, setLocation } from './location-cmdlets.ts';
import { moveItem, renameItem } from './move-item.ts';
import { newItem } from './new-item.ts';
import { removeItem } from './remove-item.ts';
import { convertPath, resolvePath } from './resolve-path.ts';
import { addContent, clearContent, setContent } from './set-content.ts';
import { clearItem, setItem } from './set-item.ts';
import { splitPath } from './split-path.ts';
import { newTemporaryFile } from './temporary-file.ts';
import { testPath } from './test-path.ts';

export const itemCmdlets: readonly CmdletDescription[] = [
  getItem,
  getChildItem,
  getContent,
  setContent,
  addContent,
  clearContent,
  newItem,
  setItem,
  clearItem,
  removeItem,
  copyItem,
  moveItem,
  renameItem,
  testPath,
  joinPath,
  splitPath,
  resolvePath,
  convertPath,
  getLocation,
  setLocation,
  pushLocation,
  popLocation,
  newPSDrive,
  getPSDrive,
  removePSDrive,
  getPSProvider,
  ...itemPropertyCmdlets,
  newTemporaryFile,
];
