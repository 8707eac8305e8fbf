import type { ModuleInfo } from '../runtime/module-info.ts';
import type { Session } from '../runtime/session.ts';
import { PSCustomObject } from '../values/ps-object.ts';

/** A module as one object (`-AsCustomObject`): its functions are methods, its variables properties that stay in step. */
export function moduleObject(session: Session, module: ModuleInfo): PSCustomObject {
  const object = new PSCustomObject();
  const { state } = module;
  for (const { name, block } of module.exportedFunctions.values()) {
    object.members.set(name.toLowerCase(), { kind: 'scriptMethod', name, block });
  }
  if (state === undefined) return object;
  for (const { name } of module.exportedVariables.values()) {
    object.members.set(name.toLowerCase(), {
      kind: 'scriptProperty',
      name,
      get: session.parseBlock(`\${script:${name}}`, state),
      set: session.parseBlock(`param($value) \${script:${name}} = $value`, state),
    });
  }
  return object;
}
