import { isMap, Pair, Scalar, type YAMLMap, YAMLSeq } from 'yaml';

/**
 * Gives a connector file of version 1 the form of version 2, in memory: the file stays as it is until it is written anew.
 * Version 1 knew one object type, `schema`, with the deprovisioning beside it, and none of the features; its callers go on meeting
 * what they know. The values keep their places, so that faults name the line of the file.
 */
export function upgradeConnectorFile(root: YAMLMap): void {
  const type: unknown = root.get('schema', true);
  if (!isMap(type)) return;
  root.delete('schema');
  const deprovisioning: unknown = root.get('deprovisioning', true);
  if (root.delete('deprovisioning')) type.add(new Pair(new Scalar('deprovisioning'), deprovisioning));
  const types = new YAMLSeq();
  types.add(type);
  root.add(new Pair(new Scalar('types'), types));
  if (!root.has('features')) root.add(new Pair(new Scalar('features'), new YAMLSeq()));
}
