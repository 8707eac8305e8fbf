import { connectorContract } from '@joinery/connector/contract-tests';
import { openldap } from '../../../../testing/directories/directories.ts';
import { fixture as attributeAnchor } from './attribute-anchor-fixture.ts';
import { useServer } from './directory-fixture.ts';
import { fixture as dnAnchor } from './dn-anchor-fixture.ts';

useServer(await openldap());

connectorContract('ldap, the distinguished name as anchor', dnAnchor);
connectorContract('ldap, an attribute as anchor', attributeAnchor);
