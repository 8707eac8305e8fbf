/** Somebody with the usual attributes. */
export function person(name: string): { readonly attributes: Record<string, string> } {
  return {
    attributes: {
      userPrincipalName: `${name}@contoso.com`,
      displayName: name,
      employeeId: `E-${name}`,
      jobTitle: 'Clerk',
      mail: `${name}@contoso.com`,
    },
  };
}
