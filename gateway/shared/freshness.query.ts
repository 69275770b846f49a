import { type Kysely, sql } from 'kysely';
import type { GatewayDatabase } from '../identity/tables.ts';

/** What `gateway.changes_since` tells; its migration says how the parts hold together. */
export interface Changes {
  /** What was committed by then, as PostgreSQL writes it: to be given back at the next look. */
  snapshot: string;
  /** The day, in UTC and in Paris; null for some seconds around midnight. */
  day: string | null;
  /** Whether the journal no longer reaches back to `seen`: anything may have changed. */
  forgotten: boolean;
  /** Schemas whose public rows changed since `seen`. */
  changed: string[];
  /** Schemas whose public rows somebody is changing. */
  busy: string[];
}

/** @param seen snapshot of the look before, null for the first */
export async function changesSince(
  db: Kysely<GatewayDatabase>,
  seen: string | null,
  domains: readonly string[],
): Promise<Changes> {
  const { rows } = await sql<Changes>`
    select snapshot, day, forgotten, changed, busy
      from gateway.changes_since(${seen}, ${[...domains]}::text[])`.execute(db);
  const [found] = rows;
  if (!found) throw new Error('The database does not say what has changed.');
  return found;
}

/** Schemas that tell what changes of them: those with a watched table. */
export async function watchedDomains(db: Kysely<GatewayDatabase>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select distinct n.nspname as name from pg_trigger t join pg_proc p on p.oid = t.tgfoid
      join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
     where p.oid = 'gateway.table_changes()'::regprocedure`.execute(db);
  return rows.map(({ name }) => name);
}

/** Says that this gateway keeps answers, for the next `leaseMs`, and trusts each look for `trustsMs`. */
export async function enlist(
  db: Kysely<GatewayDatabase>,
  reader: { id: string; trustsMs: number; leaseMs: number },
): Promise<void> {
  await sql`
    insert into gateway.reader (id, trusts_ms, until)
    values (${reader.id}, ${reader.trustsMs}, clock_timestamp() + make_interval(secs => ${reader.leaseMs / 1000}))
    on conflict (id) do update set until = excluded.until`.execute(db);
  await sql`delete from gateway.reader where until < clock_timestamp() - interval '1 hour'`.execute(db);
}

/** Says that this gateway keeps nothing any more. */
export async function leave(db: Kysely<GatewayDatabase>, id: string): Promise<void> {
  await sql`delete from gateway.reader where id = ${id}`.execute(db);
}

/**
 * Forgets the changes that every gateway has seen which looked since `snapshot`. Whoever did not is told so: only rows
 * of transactions that were over by then go, and the mark moves with them.
 */
export async function forgetChanges(db: Kysely<GatewayDatabase>, snapshot: string): Promise<void> {
  await sql`
    with mark as (
      update gateway.change_forgotten set before = greatest(before, pg_snapshot_xmin(${snapshot}::pg_snapshot))
    )
    delete from gateway.change where xid < pg_snapshot_xmin(${snapshot}::pg_snapshot)`.execute(db);
}
