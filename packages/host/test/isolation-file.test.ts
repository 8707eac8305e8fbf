import type { ConnectorKind, Isolation } from '@joinery/connector';
import { parseConfiguration } from '@joinery/connector';
import { formatConnectorFile, parseConnectorFile } from '@joinery/host';
import { silentLogger, systemClock, systemRandom } from '@joinery/runtime';
import { describe, expect, test } from 'vitest';
import { isolationOf, openConnector } from '../src/isolation/open-connector.ts';
import { roughConnector } from './support/isolation/rough-connector.ts';

const file = (isolation: string): string =>
  `connector: csv\n${isolation}\ntypes:\n  - objectType: Person\n    anchor: id\n    attributes: [{ name: id }]\n`;

describe('where a connector runs', () => {
  test('is read from its file and written back, and left out where it is usual', () => {
    const usual = parseConnectorFile(file(''), 'x', 'x.yaml');
    expect(usual.isolation).toEqual({ runIn: 'none', heapMegabytes: 512 });
    expect(formatConnectorFile(usual)).not.toContain('isolation');
    const apart = parseConnectorFile(file('isolation: { runIn: process, heapMegabytes: 64 }'), 'x', 'x.yaml');
    expect(apart.isolation).toEqual({ runIn: 'process', heapMegabytes: 64 });
    expect(parseConnectorFile(formatConnectorFile(apart), 'x', 'x.yaml')).toEqual(apart);
  });

  test.each(['runIn: thread', 'heapMegabytes: 8', 'heapMegabytes: much', 'heap: 64'])(
    'is a fault with its line where it says "%s"',
    (said) => {
      expect(() => parseConnectorFile(file(`isolation: { ${said} }`), 'x', 'x.yaml')).toThrow(
        expect.objectContaining({ code: 'HOST_CONFIGURATION_INVALID', place: expect.stringContaining('x.yaml:2') }),
      );
    },
  );

  test.each([
    ['none', 'none', 'none'],
    ['none', 'worker', 'worker'],
    ['worker', 'none', 'worker'],
    ['worker', 'process', 'process'],
    ['process', 'worker', 'process'],
  ] as const)('with a kind that asks for %s and a file that says %s is %s', (declared, runIn, expected) => {
    const kind: ConnectorKind = { ...roughConnector, isolation: declared };
    expect(isolationOf(kind, { runIn, heapMegabytes: 64 })).toBe<Isolation>(expected);
  });

  test('cannot be elsewhere for a kind that has no module to load there', async () => {
    const { module: _, ...inThread } = roughConnector;
    const configuration = parseConfiguration(roughConnector.parameters, {}, () => undefined);
    const context = { clock: systemClock, random: systemRandom, logger: silentLogger, folder: '/' };
    const options = { name: 'Rough', isolation: { runIn: 'worker', heapMegabytes: 64 } } as const;
    await expect(openConnector(inThread, configuration, context, options)).rejects.toMatchObject({
      code: 'HOST_CONFIGURATION_INVALID',
      detail: expect.stringContaining('in the host'),
    });
  });

  test('is a fault of the kind where its module does not export it', async () => {
    const configuration = parseConfiguration(roughConnector.parameters, {}, () => undefined);
    const context = { clock: systemClock, random: systemRandom, logger: silentLogger, folder: '/' };
    const options = { name: 'Rough', isolation: { runIn: 'worker', heapMegabytes: 64 } } as const;
    const misnamed: ConnectorKind = { ...roughConnector, kind: 'smooth' };
    await expect(openConnector(misnamed, configuration, context, options)).rejects.toMatchObject({
      detail: 'The module of the kind "smooth" does not export it.',
    });
  });
});
