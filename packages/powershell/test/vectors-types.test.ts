import { testVectors } from './test-vectors.ts';
import { areas, isCornerArea, isTypeArea } from './vector-areas.ts';

testVectors(areas.filter((area) => isTypeArea(area) && !isCornerArea(area)));
