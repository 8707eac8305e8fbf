import { testVectors } from './test-vectors.ts';
import { areas, isCmdletArea, isCornerArea, isTypeArea } from './vector-areas.ts';

testVectors(areas.filter((area) => !isCmdletArea(area) && !isTypeArea(area) && !isCornerArea(area)));
