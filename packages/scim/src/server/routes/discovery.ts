import { problem } from '@joinery/problems';
import { printJson } from '../../json/print.ts';
import { listResponse } from '../../messages/list-response.ts';
import { resourceTypeDocuments, schemaDocuments, serviceProviderConfig } from '../../schema/discovery.ts';
import { queryOf, refuseMethod, type ScimRequest, send } from '../request.ts';

/** The discovery endpoints of RFC 7644 section 4, in lower case. */
export const discoveryEndpoints: ReadonlySet<string> = new Set(['schemas', 'resourcetypes', 'serviceproviderconfig']);

/**
 * `/Schemas`, `/ResourceTypes` and `/ServiceProviderConfig`. Lists are ListResponses (Entra asks for that); a filter is
 * refused with 403 (RFC 7644 4), sorting and paging are passed over.
 */
export async function answerDiscovery(scim: ScimRequest, endpoint: string, id: string | undefined): Promise<void> {
  const { method } = scim.request;
  if (method !== 'GET' && method !== 'HEAD') return refuseMethod(scim, 'GET, HEAD');
  const { resourceTypes, limits, base, documentationUri } = scim.context;
  const address = base(scim.request);
  if (endpoint === 'serviceproviderconfig' && id === undefined) {
    return send(scim, 200, printJson(serviceProviderConfig(limits, address, documentationUri)));
  }
  if (queryOf(scim).filter !== undefined) {
    throw problem('SCIM_FORBIDDEN', 'Discovery documents cannot be filtered.', { place: 'filter' });
  }
  const documents =
    endpoint === 'schemas'
      ? schemaDocuments(resourceTypes, address)
      : endpoint === 'resourcetypes'
        ? resourceTypeDocuments(resourceTypes, address)
        : [];
  if (id === undefined) return send(scim, 200, listResponse(documents.length, 1, documents.map(printJson)));
  const document = documents.find((each) => String(each.id).toLowerCase() === id.toLowerCase());
  if (document === undefined)
    throw problem('SCIM_NOT_FOUND', 'There is no such document.', { place: id.slice(0, 200) });
  return send(scim, 200, printJson(document));
}
