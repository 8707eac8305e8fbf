import { testVectors } from './vectors.ts';

testVectors('control-flow');
