import { baseOf } from '../../conversion/base.ts';
import { WildcardPattern } from '../../operators/wildcard.ts';
import { namedType } from '../../types/intrinsic.ts';
import { NetType } from '../../types/net-type.ts';
import { infoOf } from '../../types/type-info.ts';
import { typeNames } from '../../types/type-names.ts';
import { enumByLabel } from '../../values/enum.ts';
import type { Value } from '../../values/value.ts';
import { cmdletError } from '../cmdlet-error.ts';
import { DataObject } from '../data-object.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { textsOf } from '../items-of.ts';
import { type MemberListing, memberList, memberListings } from './member-list.ts';

const memberDefinition = 'Microsoft.PowerShell.Commands.MemberDefinition';
const memberTypes = 'System.Management.Automation.PSMemberTypes';

/** What each label of PSMemberTypes stands for. */
const groups: Readonly<Record<string, (memberType: string) => boolean>> = {
  All: () => true,
  Properties: (memberType) => /Property$|^PropertySet$/.test(memberType),
  Methods: (memberType) => /Method$/.test(memberType),
};

export const getMemberCmdlet: CmdletDescription = {
  name: 'Get-Member',
  typeName: 'Microsoft.PowerShell.Commands.GetMemberCommand',
  module: 'Microsoft.PowerShell.Utility',
  parameters: [
    { name: 'InputObject', type: 'object', fromPipeline: true, allowNull: true },
    { name: 'Name', type: 'string[]', position: 0, validate: { notNullOrEmpty: true } },
    { name: 'MemberType', type: memberTypes, aliases: ['Type'] },
    {
      name: 'View',
      type: 'string',
      coverage: { state: 'approximated', why: 'accepted and without effect' },
    },
    { name: 'Static', type: 'switch' },
    { name: 'Force', type: 'switch' },
  ],
  coverage: {
    state: 'approximated',
    why: 'lists the members that the engine has, which may be fewer than those of .NET',
  },
  start: (call) => {
    const seen = new Set<string>();
    const names = (call.has('Name') ? textsOf(call.get('Name')) : ['*']).map((name) => new WildcardPattern(name));
    const isWanted = typeFilter(call);
    let hasInput = false;
    return {
      process() {
        const input = call.get('InputObject');
        const base = baseOf(input);
        if (base === null || base === undefined) return;
        hasInput = true;
        const [typeName = ''] = call.isOn('Static') && base instanceof NetType ? [base.name] : typeNames(input);
        if (seen.has(typeName)) return;
        seen.add(typeName);
        const members = membersOf(call, input).filter((member) => isWanted(member.memberType));
        for (const pattern of names) {
          const found = members.filter((member) => pattern.matches(member.name)).sort(byKindThenName);
          for (const member of found) call.write(definition(typeName, member));
        }
      },
      end() {
        if (hasInput) return;
        const message = 'You must specify an object for the Get-Member cmdlet.';
        call.writeError(cmdletError('NoObjectInGetMember', message, { category: 'CloseError' }));
      },
    };
  },
};

function membersOf(call: CmdletCall, input: Value): MemberListing[] {
  const base = baseOf(input);
  if (!call.isOn('Static')) {
    return memberListings(input, call.session, { withHidden: call.isOn('Force'), adaptedOnly: true });
  }
  return base instanceof NetType ? memberList(infoOf(base).statics.values()) : [];
}

function typeFilter(call: CmdletCall): (memberType: string) => boolean {
  if (!call.has('MemberType')) return () => true;
  const labels = call.session
    .text(call.get('MemberType'))
    .split(',')
    .map((label) => label.trim());
  return (memberType) => labels.some((label) => groups[label]?.(memberType) ?? label === memberType);
}

const kinds = ['AliasProperty', 'CodeMethod', 'CodeProperty', 'Event', 'Method', 'MemberSet', 'NoteProperty'];

function rank(memberType: string): number {
  const known = kinds.indexOf(memberType);
  return known < 0 ? kinds.length : known;
}

function byKindThenName(a: MemberListing, b: MemberListing): number {
  const kind = rank(a.memberType) - rank(b.memberType) || compare(a.memberType, b.memberType);
  return kind || compare(a.name.toLowerCase(), b.name.toLowerCase());
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function definition(typeName: string, member: MemberListing): DataObject {
  return new DataObject(memberDefinition, {
    TypeName: typeName,
    Name: member.name,
    MemberType: enumByLabel(namedType(memberTypes), member.memberType) ?? member.memberType,
    Definition: member.definition(),
  });
}
