import fc from 'fast-check';
import { BerReader, BerWriter as LdaptsWriter, PagedResultsControl, PasswordPolicyControl } from 'ldapts';
import { describe, expect, test } from 'vitest';
import type { BerWriter } from '../../src/protocol/ber-writer.ts';
import { assertion } from '../../src/protocol/control/assertion.ts';
import { dirSync, dirSyncOid, objectSecurity, readDirSync } from '../../src/protocol/control/dir-sync.ts';
import { pagedResults, pagedResultsOid, readPagedResults } from '../../src/protocol/control/paged-results.ts';
import { passwordPolicyOid, readPasswordPolicy } from '../../src/protocol/control/password-policy.ts';
import { postRead, postReadOid, readPostRead } from '../../src/protocol/control/post-read.ts';
import { readSortResult, serverSideSort } from '../../src/protocol/control/server-side-sort.ts';
import { berValue } from '../../src/protocol/control/value.ts';
import { readListView, virtualListView } from '../../src/protocol/control/virtual-list-view.ts';
import type { Control } from '../../src/protocol/control.ts';
import { passwordModify, readGeneratedPassword } from '../../src/protocol/extended/password-modify.ts';
import { readAuthorizationId } from '../../src/protocol/extended/who-am-i.ts';
import { equals } from '../../src/protocol/filter/build.ts';
import { berTree } from './ber-tree.ts';
import { receivedEntry } from './received.ts';
import { entryMessage } from './response-writer.ts';

const octets = fc.uint8Array({ maxLength: 300 });
const count = fc.integer({ min: 0, max: 0x7fffffff });
const hex = (text: string) => Buffer.from(text).toString('hex');
const success = { code: 0, matchedDn: '', diagnosticMessage: '', referrals: [], controls: [] };

/** Controls of a response, one of them with this value. */
function controlsWith(oid: string, value: Uint8Array): Control[] {
  return [
    { oid: '1.2.3', critical: false },
    { oid, critical: false, value },
  ];
}

function answer(oid: string, write: (writer: BerWriter) => void): Control[] {
  return controlsWith(
    oid,
    berValue((writer) => writer.sequence(() => write(writer))),
  );
}

function valueTree({ value = new Uint8Array() }: Control): unknown {
  return berTree(value);
}

describe('controls', () => {
  test('paged results: what we write ldapts reads, and what it writes we read', () => {
    fc.assert(
      fc.property(count, octets, (size, cookie) => {
        const ours = pagedResults(size, cookie);
        const theirs = new PagedResultsControl();
        theirs.parse(new BerReader(Buffer.from(ours.value ?? [])));
        expect([theirs.value?.size, new Uint8Array(theirs.value?.cookie ?? [])]).toEqual([size, cookie]);
        const writer = new LdaptsWriter();
        new PagedResultsControl({ value: { size, cookie: Buffer.from(cookie) } }).write(writer);
        const [, , [, value = ''] = []] = childrenOf(writer.buffer);
        expect(readPagedResults(controlsWith(pagedResultsOid, Buffer.from(String(value), 'hex')))).toEqual({
          estimate: size,
          cookie,
        });
      }),
    );
    expect(pagedResults(1).critical).toBe(true);
    expect(readPagedResults([])).toBeUndefined();
  });

  test('sorting: keys with their rule and direction (RFC 2891)', () => {
    expect(
      valueTree(serverSideSort([{ attribute: 'sn' }, { attribute: 'cn', rule: '2.5.13.3', reverse: true }])),
    ).toEqual([
      [
        0x30,
        [
          [0x30, [[4, hex('sn')]]],
          [
            0x30,
            [
              [4, hex('cn')],
              [0x80, hex('2.5.13.3')],
              [0x81, 'ff'],
            ],
          ],
        ],
      ],
    ]);
    const response = '1.2.840.113556.1.4.474';
    expect(readSortResult(answer(response, (writer) => writer.enumerated(0)))).toEqual({
      code: 0,
      attribute: undefined,
    });
    const refused = answer(response, (writer) => {
      writer.enumerated(18);
      writer.octets('uid', 0x80);
    });
    expect(readSortResult(refused)).toEqual({ code: 18, attribute: 'uid' });
    expect(readSortResult([])).toBeUndefined();
  });

  test('a virtual list view: the window by offset, and where it lies (draft-ietf-ldapext-ldapv3-vlv)', () => {
    const window = { before: 0, after: 999, offset: 1001, count: 5000 };
    const numbers = [
      [2, '00'],
      [2, '03e7'],
      [
        0xa0,
        [
          [2, '03e9'],
          [2, '1388'],
        ],
      ],
    ];
    expect(valueTree(virtualListView(window))).toEqual([[0x30, numbers]]);
    expect(valueTree(virtualListView({ ...window, context: Uint8Array.of(1, 2) }))).toEqual([
      [0x30, [...numbers, [4, '0102']]],
    ]);
    fc.assert(
      fc.property(count, count, fc.option(octets, { nil: undefined }), (position, count, context) => {
        const controls = answer('2.16.840.1.113730.3.4.10', (writer) => {
          writer.integer(position);
          writer.integer(count);
          writer.enumerated(76);
          if (context !== undefined) writer.octets(context);
        });
        expect(readListView(controls)).toEqual({ position, count, code: 76, context });
      }),
    );
  });

  test('DirSync: flags, size and cookie (MS-ADTS 3.1.1.3.4.1.3)', () => {
    expect(valueTree(dirSync(objectSecurity, 0, Buffer.from('MSDS')))).toEqual([
      [
        0x30,
        [
          [2, '01'],
          [2, '00'],
          [4, hex('MSDS')],
        ],
      ],
    ]);
    fc.assert(
      fc.property(fc.boolean(), octets, (more, cookie) => {
        const controls = answer(dirSyncOid, (writer) => {
          writer.integer(more ? 1 : 0);
          writer.integer(1_000_000);
          writer.octets(cookie);
        });
        expect(readDirSync(controls)).toEqual({ more, cookie });
      }),
    );
  });

  test('post-read: the attributes that are asked for, and the entry after the operation (RFC 4527)', () => {
    expect(valueTree(postRead(['entryUUID', '+']))).toEqual([
      [
        0x30,
        [
          [4, hex('entryUUID')],
          [4, hex('+')],
        ],
      ],
    ]);
    const message = entryMessage(1, 'cn=a', [{ type: 'entryUUID', values: ['5586'] }]);
    const [bytes, start, end] = receivedEntry(message);
    const value = Buffer.concat([Buffer.of(0x64, 0x81, end - start), bytes.subarray(start, end)]);
    const entry = readPostRead(controlsWith(postReadOid, value));
    expect([entry?.dn, [...(entry?.attributes ?? [])]]).toEqual(['cn=a', [['entryuuid', ['5586']]]]);
    expect(readPostRead([])).toBeUndefined();
  });

  test('an assertion holds its filter', () => {
    expect(valueTree(assertion(equals('sn', 'a')))).toEqual([
      [
        0xa3,
        [
          [4, hex('sn')],
          [4, hex('a')],
        ],
      ],
    ]);
  });

  test.each([
    ['nothing', [], { secondsBeforeExpiration: undefined, graceLoginsLeft: undefined, error: undefined }],
    [
      'time left',
      [0xa0, 0x80, 300, undefined],
      { secondsBeforeExpiration: 300, graceLoginsLeft: undefined, error: undefined },
    ],
    [
      'grace logins',
      [0xa0, 0x81, 2, 0],
      { secondsBeforeExpiration: undefined, graceLoginsLeft: 2, error: 'passwordExpired' },
    ],
    [
      'too short',
      [0, 0, 0, 6],
      { secondsBeforeExpiration: undefined, graceLoginsLeft: undefined, error: 'passwordTooShort' },
    ],
    [
      'a number of tomorrow',
      [0, 0, 0, 77],
      { secondsBeforeExpiration: undefined, graceLoginsLeft: undefined, error: undefined },
    ],
  ] as const)('a password policy says %s (draft-behera-ldap-password-policy)', (_, parts, expected) => {
    const [warning, tag = 0, number = 0, error] = parts;
    const controls = answer(passwordPolicyOid, (writer) => {
      if (warning !== undefined && warning !== 0) writer.constructed(warning, () => writer.integer(number, tag));
      if (error !== undefined) writer.integer(error, 0x81);
    });
    expect(readPasswordPolicy(controls)).toEqual(expected);
    const theirs = new PasswordPolicyControl();
    theirs.parse(new BerReader(Buffer.from(controls[1]?.value ?? [])));
    expect(theirs.value?.timeBeforeExpiration).toBe(expected.secondsBeforeExpiration);
    expect(theirs.value?.graceAuthNsRemaining).toBe(expected.graceLoginsLeft);
  });
});

describe('extended operations', () => {
  test('a change of password names what it knows (RFC 3062)', () => {
    const request = passwordModify({ user: 'cn=a', oldPassword: 'o', newPassword: 'n' });
    expect(request.operation === 'extended' && berTree(request.value ?? new Uint8Array())).toEqual([
      [
        0x30,
        [
          [0x80, hex('cn=a')],
          [0x81, hex('o')],
          [0x82, hex('n')],
        ],
      ],
    ]);
    const generate = passwordModify({});
    expect(generate.operation === 'extended' && berTree(generate.value ?? new Uint8Array())).toEqual([[0x30, []]]);
  });

  test('a password that the server made arrives byte by byte', () => {
    fc.assert(
      fc.property(octets, (password) => {
        const responseValue = berValue((writer) => writer.sequence(() => writer.octets(password, 0x80)));
        expect(readGeneratedPassword({ ...success, responseValue })).toEqual(password);
      }),
    );
    expect(readGeneratedPassword(success)).toBeUndefined();
  });

  test('who we are is text, and empty for anonymous', () => {
    expect(readAuthorizationId({ ...success, responseValue: Buffer.from('dn:cn=ä') })).toBe('dn:cn=ä');
    expect(readAuthorizationId(success)).toBe('');
  });
});

/** The elements of the one element that these octets are. */
function childrenOf(bytes: Uint8Array): ReturnType<typeof berTree> {
  const [element] = berTree(bytes);
  return element === undefined || typeof element[1] === 'string' ? [] : element[1];
}
