import { fold } from '@joinery/scim';

/** What `POST /applicationTemplates/{id}/instantiate` can make an application from (graph sheet 15). */
export interface ApplicationTemplate {
  readonly id: string;
  readonly displayName: string;
  readonly description: string;
  readonly publisher: string;
  readonly categories: readonly string[];
  readonly supportedSingleSignOnModes: readonly string[];
  readonly supportedProvisioningTypes: readonly string[];
  /** The synchronization template that jobs of such an application are made from. */
  readonly synchronizationTemplateId: string;
}

export const applicationTemplates: readonly ApplicationTemplate[] = [
  {
    // The original's id is not published; ours is fixed so that scripts can name it.
    id: '3f0f0c6f-6a43-4c8f-9d0e-6f1c2e8b7a51',
    displayName: 'On-premises ECMA app',
    description: 'Provisions people through a connector host: directories, databases, files, scripts.',
    publisher: 'Joinery',
    categories: ['provisioning'],
    supportedSingleSignOnModes: [],
    supportedProvisioningTypes: ['sync'],
    synchronizationTemplateId: 'ScimOnPremises',
  },
];

/** The template with this id, or undefined. */
export function findApplicationTemplate(id: string): ApplicationTemplate | undefined {
  return applicationTemplates.find((template) => template.id === id.toLowerCase());
}

/** The templates of this name; names compare without regard to case. */
export function findApplicationTemplatesByName(displayName: string): readonly ApplicationTemplate[] {
  return applicationTemplates.filter((template) => fold(template.displayName) === fold(displayName));
}
