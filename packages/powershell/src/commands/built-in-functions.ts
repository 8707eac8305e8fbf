/** Functions that every session begins with: name and body. */
export const builtInFunctions: readonly (readonly [name: string, body: string])[] = [
  ['prompt', '"PS $($ExecutionContext.SessionState.Path.CurrentLocation)$(\'>\' * ($NestedPromptLevel + 1)) "'],
  ['cd..', 'Set-Location ..'],
  ['cd\\', 'Set-Location /'],
  ['cd~', 'Set-Location ~'],
];
