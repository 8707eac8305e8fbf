import type { CmdletDescription } from '../description.ts';
import { addMember } from './add-member.ts';
import { compareObject } from './compare-object.ts';
import { forEachObject } from './for-each-object.ts';
import { getMemberCmdlet } from './get-member.ts';
import { getUnique } from './get-unique.ts';
import { groupObject } from './group-object.ts';
import { measureObject } from './measure-object.ts';
import { newObject } from './new-object.ts';
import { outNull } from './out-null.ts';
import { selectObject } from './select-object.ts';
import { sortObject } from './sort-object.ts';
import { teeObject } from './tee-object.ts';
import { getTypeData, removeTypeDataCmdlet, updateTypeData } from './type-data-cmdlets.ts';
import { updateList } from './update-list.ts';
import { whereObject } from './where-object.ts';
import { writeOutput } from './write-output.ts';

export const objectCmdlets: readonly CmdletDescription[] = [
  forEachObject,
  whereObject,
  selectObject,
  sortObject,
  groupObject,
  measureObject,
  compareObject,
  getMemberCmdlet,
  addMember,
  newObject,
  teeObject,
  getUnique,
  outNull,
  writeOutput,
  updateList,
  updateTypeData,
  getTypeData,
  removeTypeDataCmdlet,
];
