import type { ConnectorKind } from '@joinery/connector';
import type { NewConnector } from '@joinery/host';
import type { TutorialMapping } from './mappings.ts';
import type { ObjectIds } from './setup.ts';

/** What a demo provisions to: a target that it makes itself, and the connector to it. */
export interface DemoTarget extends AsyncDisposable {
  readonly kind: ConnectorKind;
  /** Of the template that the application is made from. */
  readonly mappings: readonly TutorialMapping[];
  /** What the target's content is called when it is shown. */
  readonly contentTitle: string;
  /** E.g. `the target file`. */
  readonly contentName: string;
  /** Makes the target with the people it knew before; nothing to do where a demo that was cut off has made it. */
  prepare(ids: ObjectIds, signal: AbortSignal): Promise<void>;
  /** Called after {@link prepare}. */
  connector(): NewConnector;
  /** Clear texts of encrypted parameters, by name. */
  readonly secrets: Readonly<Record<string, string>>;
  /** What it holds, for people to look at. */
  content(signal: AbortSignal): Promise<string>;
}
