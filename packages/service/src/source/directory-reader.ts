import { type Directory, textOf, type User } from '@joinery/directory';
import { type ChangePage, deletedEntry, type SourceEntry, type SourcePage, type SourceReader } from '@joinery/engine';
import { isProblem, problem } from '@joinery/problems';
import { sourceAttributes } from './attributes.ts';

/** The name that schemas use for the directory as a source (graph sheet 18). */
export const directoryName = 'Azure Active Directory';

/**
 * The directory as one application's jobs see it: every user, live or in the recycle bin, with whether it is assigned to the application.
 */
export function directoryReader(directory: Directory, tenantId: string, servicePrincipalId: string): SourceReader {
  const entriesOf = async (users: readonly User[], signal: AbortSignal): Promise<readonly SourceEntry[]> => {
    const ids = users.map(({ id }) => id);
    const assigned = await directory.assignments.assignedAmong(tenantId, servicePrincipalId, ids, signal);
    return users.map((user) => entryOf(user, assigned.has(user.id)));
  };

  return {
    name: directoryName,

    watermark: (signal) => directory.changes.now(signal),

    async readAll(cursor, limit, signal): Promise<SourcePage> {
      const page = await directory.users.readPageWithDeleted(tenantId, cursor ?? undefined, limit, signal);
      return { entries: await entriesOf(page.users, signal), next: page.next ?? null };
    },

    async readChanges(watermark, limit, signal): Promise<ChangePage> {
      const page = await directory.changes
        .readForApplication(tenantId, servicePrincipalId, watermark, limit, signal)
        .catch((error: unknown) => {
          // The database was restored to an older state: the feed cannot tell what changed since, so everything is read.
          if (!isProblem(error, 'STORE_WATERMARK_AHEAD')) throw error;
          throw problem('ENGINE_WATERMARK_EXPIRED', 'The change feed does not reach the watermark.', { cause: error });
        });
      const ids = [...new Set(page.changes.map(({ userId }) => userId))];
      const found = await entriesOf(await directory.users.readSome(tenantId, ids, signal), signal);
      const known = new Set(found.map(({ id }) => id));
      const gone = ids.filter((id) => !known.has(id)).map((id) => deletedEntry('User', id));
      return { entries: [...found, ...gone], watermark: page.watermark, more: page.more };
    },

    async readSome(objectType, ids, signal): Promise<readonly SourceEntry[]> {
      if (objectType.toLowerCase() !== 'user') return [];
      return entriesOf(await directory.users.readSome(tenantId, ids, signal), signal);
    },
  };
}

function entryOf(user: User, assigned: boolean): SourceEntry {
  const { id, document, deletedDateTime } = user;
  return {
    objectType: 'User',
    id,
    displayName: textOf(document, 'displayName') ?? id,
    attributes: sourceAttributes(user),
    presence: deletedDateTime === undefined ? 'present' : 'softDeleted',
    // A user whose `active` a SCIM client took away counts as active (dialect sheet 13a.4).
    accountEnabled: document.accountEnabled !== false,
    assigned,
  };
}
