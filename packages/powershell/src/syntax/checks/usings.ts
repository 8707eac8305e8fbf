import type { UsingStatement } from '../tree/index.ts';
import type { CheckContext } from './context.ts';

const namespace =
  /^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Pc}\p{Mn}\p{Mc}\p{Cf}]*(?:\.[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Pc}\p{Mn}\p{Mc}\p{Cf}]*)*$/u;

/** Namespaces, modules and assemblies can be used, and not under another name. */
export function checkUsingStatement(node: UsingStatement, context: CheckContext): void {
  const supported = node.what !== 'type' && node.what !== 'command';
  if (!supported || node.alias !== undefined) context.report('UsingStatementNotSupported', node);
  if (node.what === 'namespace' && node.name !== undefined && !namespace.test(node.name.value)) {
    context.report('InvalidNamespaceValue', node.name);
  }
}
