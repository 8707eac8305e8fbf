/** Attributes of parameters, variables, script blocks, classes and properties that the engine obeys, or may leave alone as PowerShell does when a script runs. Folded, without `System.Management.Automation.` and the suffix. */
const known = new Set([
  'alias',
  'allowemptycollection',
  'allowemptystring',
  'allownull',
  'argumentcompleter',
  'argumentcompletions',
  'cmdletbinding',
  'credential',
  'diagnostics.codeanalysis.suppressmessage',
  'dontshow',
  'flags',
  'obsolete',
  'outputtype',
  'parameter',
  'psdefaultvalue',
  'pstypename',
  'supportswildcards',
  'validatecount',
  'validatelength',
  'validatenotnull',
  'validatenotnullorempty',
  'validatenotnullorwhitespace',
  'validatepattern',
  'validaterange',
  'validatescript',
  'validateset',
]);

/** True for an attribute that is known by the name as written. */
export function isKnownAttribute(name: string): boolean {
  const folded = name
    .toLowerCase()
    .replace(/^system\.(management\.automation\.)?/, '')
    .replace(/(?<=.)attribute$/, '');
  return known.has(folded);
}
