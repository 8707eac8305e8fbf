import type { Isolation } from '@joinery/connector';
import type { YamlMap } from './yaml-file.ts';

/** Where a connector runs, and with how much memory. */
export interface IsolationFile {
  /** As far apart from the host as this at least; the connector's kind may ask for more. */
  readonly runIn: Isolation;
  /** Heap of the thread or process, in megabytes. One that needs more is ended, and the host is not concerned. */
  readonly heapMegabytes: number;
}

/** Half a gigabyte holds the working set of a connector that streams its pages, with much to spare. */
export const defaultIsolation: IsolationFile = { runIn: 'none', heapMegabytes: 512 };

const MEMBERS = ['runIn', 'heapMegabytes'];

/** Reads `isolation` of a connector file. @throws HOST_CONFIGURATION_INVALID */
export function readIsolation(map: YamlMap | undefined): IsolationFile {
  map?.only(MEMBERS);
  return {
    runIn: map?.choice('runIn', ['none', 'worker', 'process'], defaultIsolation.runIn) ?? defaultIsolation.runIn,
    heapMegabytes:
      map?.integer('heapMegabytes', defaultIsolation.heapMegabytes, 32, 65_536) ?? defaultIsolation.heapMegabytes,
  };
}

/** @returns undefined for the defaults, which a file leaves out */
export function writeIsolation({ runIn, heapMegabytes }: IsolationFile): object | undefined {
  const said = {
    ...(runIn === defaultIsolation.runIn ? {} : { runIn }),
    ...(heapMegabytes === defaultIsolation.heapMegabytes ? {} : { heapMegabytes }),
  };
  return Object.keys(said).length === 0 ? undefined : said;
}
