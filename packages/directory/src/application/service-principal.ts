import type { AppRole } from './app-role.ts';

/** The registration of an application (graph sheet 15). */
export interface Application {
  readonly id: string;
  readonly appId: string;
  readonly displayName: string;
  readonly applicationTemplateId: string;
  readonly createdDateTime: string;
}

/** An application's presence in a tenant: what users are assigned to and what jobs belong to. */
export interface ServicePrincipal {
  readonly id: string;
  readonly appId: string;
  readonly displayName: string;
  readonly applicationTemplateId: string;
  readonly createdDateTime: string;
  readonly appRoles: readonly AppRole[];
}
