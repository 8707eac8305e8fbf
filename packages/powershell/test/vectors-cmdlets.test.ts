import { testVectors } from './test-vectors.ts';
import { areas, isCmdletArea, isCornerArea } from './vector-areas.ts';

testVectors(areas.filter((area) => isCmdletArea(area) && !isCornerArea(area)));
