import type { Database } from '@joinery/store';
import { sql } from 'drizzle-orm';
import { Type } from 'typebox';
import type { App } from './graph/route-context.ts';
import { closedObject } from './graph/shapes.ts';

const HealthShape = closedObject({ status: Type.Literal('ok') });

/** For probes, without a token and without a word about the inside: alive, and able to reach the database. */
export function healthRoutes(app: App, database: Database): void {
  app.get('/healthz', { schema: { response: { 200: HealthShape } } }, async () => ({ status: 'ok' as const }));
  app.get('/readyz', { schema: { response: { 200: HealthShape } } }, async () => {
    await database.drizzle.execute(sql`select 1`);
    return { status: 'ok' as const };
  });
}
