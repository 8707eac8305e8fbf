import { problem } from '@joinery/problems';
import { isList, isObject, parseJson, type ScimObject } from '@joinery/scim';
import type { Queries } from '@joinery/store';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { memberTable } from '../tables.ts';

/** Members that one answer holds at most: some ten megabytes. */
const mostMembers = 200_000;

/**
 * The members of groups as JSON texts of lists, made by the database; a group without members has none.
 * @throws DIRECTORY_MEMBERS_TOO_MANY before anything is read
 */
export async function readMembers(
  queries: Queries,
  tenantId: string,
  groups: readonly { readonly id: string; readonly memberCount: number }[],
): Promise<ReadonlyMap<string, string>> {
  const filled = groups.filter(({ memberCount }) => memberCount > 0);
  const count = filled.reduce((sum, { memberCount }) => sum + memberCount, 0);
  if (count > mostMembers) {
    throw problem(
      'DIRECTORY_MEMBERS_TOO_MANY',
      `The groups asked for have ${count} members, and an answer holds ${mostMembers}.`,
      {
        place: 'members',
      },
    );
  }
  if (filled.length === 0) return new Map();
  const element = sql`coalesce(${memberTable.element}::text, '{"value":' || to_json(${memberTable.memberId})::text || '}')`;
  const rows = await queries
    .select({
      groupId: memberTable.groupId,
      members: sql<string>`string_agg(${element}, ',' order by ${memberTable.memberId})`,
    })
    .from(memberTable)
    .where(
      and(
        eq(memberTable.tenantId, tenantId),
        inArray(
          memberTable.groupId,
          filled.map(({ id }) => id),
        ),
      ),
    )
    .groupBy(memberTable.groupId);
  return new Map(rows.map(({ groupId, members }) => [groupId, `[${members}]`]));
}

/** The elements of such a text. */
export function parseMembers(text: string | undefined): readonly ScimObject[] {
  const list = text === undefined ? [] : parseJson(text);
  return isList(list) ? list.filter(isObject) : [];
}
