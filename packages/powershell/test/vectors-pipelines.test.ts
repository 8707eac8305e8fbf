import { testVectors } from './vectors.ts';

testVectors('pipelines');
