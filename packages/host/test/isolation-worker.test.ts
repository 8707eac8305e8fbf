import { connectorContract } from '@joinery/connector/contract-tests';
import { fixture } from './support/isolation/worker-fixture.ts';

connectorContract('csv in a worker thread', fixture);
