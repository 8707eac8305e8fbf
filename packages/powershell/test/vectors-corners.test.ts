import { testVectors } from './test-vectors.ts';
import { areas, isCornerArea } from './vector-areas.ts';

testVectors(areas.filter(isCornerArea));
