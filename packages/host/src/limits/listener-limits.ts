import type { ListenerLimits } from '@joinery/runtime';
import type { HostSettings } from '../configuration/settings.ts';

/** The limits of the listener as the settings say. Bodies are bounded by the connectors' applications, in SCIM's words. */
export function listenerLimits(settings: HostSettings): ListenerLimits {
  return {
    bodyBytes: Number.POSITIVE_INFINITY,
    headerBytes: settings.headerSize,
    headerCount: settings.headerCount,
    headersTimeout: settings.headersTimeout * 1000,
    // Node wants the whole never to be shorter than its head.
    requestTimeout: Math.max(settings.requestTimeout, settings.headersTimeout) * 1000,
    responseTimeout: settings.responseTimeout * 1000,
    keepAliveTimeout: settings.keepAliveTimeout * 1000,
    handshakeTimeout: settings.handshakeTimeout * 1000,
    connections: settings.connections,
    connectionsPerAddress: settings.connectionsPerAddress,
    requestsInFlight: settings.requestsInFlight,
  };
}
