import { Instance } from '../../values/instance.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType, TypeDescription } from '../net-type.ts';
import { psVersion } from './semantic-version.ts';

/** `$Host`: the host of an engine without a console. */
export class HostInfo extends Instance {
  get type(): NetType {
    return namedType('System.Management.Automation.Internal.Host.InternalHost');
  }
}

export const hostInfoDescription: TypeDescription = {
  name: 'System.Management.Automation.Internal.Host.InternalHost',
  kind: 'class',
  properties: {
    Name: { type: 'string', get: () => 'Default Host' },
    Version: { type: 'System.Management.Automation.SemanticVersion', get: () => psVersion },
    InstanceId: { type: 'string', get: () => '00000000-0000-0000-0000-000000000000' },
    CurrentCulture: { type: 'string', get: () => '' },
    CurrentUICulture: { type: 'string', get: () => '' },
    UI: { type: 'System.Object', get: () => null },
    IsRunspacePushed: { type: 'bool', get: () => false },
  },
};
