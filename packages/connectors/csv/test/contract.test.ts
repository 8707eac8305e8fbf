import { connectorContract } from '@joinery/connector/contract-tests';
import { fixture as compound } from './compound-fixture.ts';
import { fixture } from './csv-fixture.ts';
import { fixture as groups } from './groups-fixture.ts';

connectorContract('csv', fixture);
connectorContract('csv, a compound anchor in UTF-16', compound);
connectorContract('csv, groups in a second file', groups);
