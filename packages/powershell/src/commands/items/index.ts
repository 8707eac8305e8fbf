import type { CmdletDescription } from '../description.ts';
import { clearItem, newItem, removeItem, setItem } from './change-items.ts';
import { addContent, clearContent, getContent, setContent } from './content.ts';
import { getChildItem, getItem } from './get-item.ts';
import { getLocation, popLocation, pushLocation, setLocation } from './location-cmdlets.ts';
import { copyItem, moveItem, renameItem } from './move-items.ts';
import { convertPath, joinPath, resolvePath, splitPath, testPath } from './path-cmdlets.ts';

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
];
