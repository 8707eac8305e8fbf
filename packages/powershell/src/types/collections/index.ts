import type { TypeDescription } from '../net-type.ts';
import { arrayListDescription, arrayListEnumeratorDescription } from './array-list.ts';
import { bitArrayDescription } from './bit-array.ts';
import { collectionFamily } from './collection.ts';
import { comparerFamily } from './comparers.ts';
import { concurrentCollections } from './concurrent-collections.ts';
import { concurrentFamily } from './concurrent-dictionary.ts';
import { dictionaryFamily } from './dictionary.ts';
import { dictionaryEntryDescription, keyValuePairDescription } from './entries.ts';
import { enumeratorDescription } from './enumerator.ts';
import { setFamily } from './hash-set.ts';
import { hashtableFamily } from './hashtable.ts';
import { interfaceDescriptions } from './interfaces.ts';
import { keyedCollectionDescription } from './keyed-collection.ts';
import { linkedListFamily } from './linked-list.ts';
import { linqDescription } from './linq.ts';
import { listDescription, listEnumeratorDescription } from './list.ts';
import { orderedDictionaryFamily } from './ordered-dictionary.ts';
import { queueAndStackFamily } from './queue-and-stack.ts';
import { readOnlyCollectionDescription } from './read-only-collection.ts';
import { readOnlyDictionaryFamily } from './read-only-dictionary.ts';
import { sortedFamily } from './sorted-family.ts';
import { specializedFamily } from './specialized.ts';

export const descriptions: readonly TypeDescription[] = [
  ...interfaceDescriptions,
  enumeratorDescription('System.ArrayEnumerator', { item: 'System.Object' }),
  dictionaryEntryDescription,
  keyValuePairDescription,
  ...hashtableFamily,
  ...orderedDictionaryFamily,
  ...dictionaryFamily,
  ...sortedFamily,
  ...concurrentFamily,
  ...readOnlyDictionaryFamily,
  keyedCollectionDescription,
  listDescription,
  listEnumeratorDescription,
  readOnlyCollectionDescription,
  ...collectionFamily,
  arrayListDescription,
  arrayListEnumeratorDescription,
  ...setFamily,
  ...queueAndStackFamily,
  ...concurrentCollections,
  ...linkedListFamily,
  bitArrayDescription,
  ...comparerFamily,
  ...specializedFamily,
  linqDescription,
];
