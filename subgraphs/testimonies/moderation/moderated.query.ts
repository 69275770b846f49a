import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Agent } from '../../../kernel/postgres/agent.ts';
import type { Feeling, PostedAs, ProcedureRow, TagRow, TestimoniesDatabase } from '../tables.ts';
import type { TestimonyState } from './tables.ts';

/** A testimony as the moderation reads it, in whatever state. */
export interface ModeratedRow {
  id: string;
  version: number;
  state: TestimonyState;
  title: string;
  body: string;
  pseudonym: string | null;
  posted_as: PostedAs | null;
  feeling: Feeling;
  written_on: string;
  submitted_at: Date;
  published_on: string | null;
  user_departement_id: string | null;
  user_region_id: string | null;
  decided_on: string | null;
  rejection_code: string | null;
  rejection_reason: string | null;
}

/** A structure that it concerns; the labels of the source where none was recognised. */
export interface ModeratedConcernRow {
  testimony_id: string;
  position: number;
  network_id: string | null;
  structure_id: string | null;
  site_id: string | null;
  structure_label: string | null;
  typology_label: string | null;
  channels: string[];
}

/** What the queue is restricted to. */
export interface QueueFilter {
  state: Exclude<TestimonyState, 'PUBLISHED'>;
  /** A structure of this network is concerned; null for all. */
  network: string | null;
}

type ReadAs = Agent<TestimoniesDatabase>;

const COLUMNS = sql.join(
  [
    'id',
    'version',
    'state',
    'title',
    'body',
    'pseudonym',
    'posted_as',
    'feeling',
    'written_on',
    'submitted_at',
    'published_on',
    'user_departement_id',
    'user_region_id',
    'decided_on',
    'rejection_code',
    'rejection_reason',
  ].map((column) => sql.ref(`t.${column}`)),
);

/** The testimonies among `ids` that row-level security lets the viewer read, whatever their state. */
export const moderatedById = (agent: ReadAs, ids: readonly string[]): Promise<ModeratedRow[]> =>
  agent(async (trx) => {
    const { rows } = await sql<ModeratedRow>`
      select ${COLUMNS} from testimonies.testimony t where t.id = any(${[...ids]}::text[])`.execute(trx);
    return rows;
  });

/** The structures that these testimonies concern, as `moderatedById` reads. */
export const moderatedConcerns = (agent: ReadAs, ids: readonly string[]): Promise<ModeratedConcernRow[]> =>
  agent(async (trx) => {
    const { rows } = await sql<ModeratedConcernRow>`
      select testimony_id, position, network_id, structure_id, site_id, structure_label, typology_label, channels
        from testimonies.concern where testimony_id = any(${[...ids]}::text[])
      union all
      select testimony_id, position, null, null, null, structure_label, typology_label, channels
        from testimonies.unplaced_concern where testimony_id = any(${[...ids]}::text[])
       order by position`.execute(trx);
    return rows;
  });

/** The procedures that they are about, as `moderatedById` reads. */
export const moderatedProcedures = (agent: ReadAs, ids: readonly string[]): Promise<ProcedureRow[]> =>
  agent(async (trx) => {
    const { rows } = await sql<ProcedureRow>`
      select testimony_id, label, procedure_id from testimonies.testimony_procedure
       where testimony_id = any(${[...ids]}::text[]) order by label`.execute(trx);
    return rows;
  });

/** The themes that they are sorted under, as `moderatedById` reads. */
export const moderatedTags = (
  agent: ReadAs,
  ids: readonly string[],
): Promise<(TagRow & { testimony_id: string })[]> =>
  agent(async (trx) => {
    const { rows } = await sql<TagRow & { testimony_id: string }>`
      select g.testimony_id, tag.id, tag.label
        from testimonies.testimony_tag g join testimonies.tag on tag.id = g.tag_id
       where g.testimony_id = any(${[...ids]}::text[]) order by tag.id`.execute(trx);
    return rows;
  });

/** At most `size` testimonies of the queue after a key, the oldest first. */
export const queueRows = (
  agent: ReadAs,
  filter: QueueFilter,
  size: number,
  after: RawBuilder<SqlBool>,
): Promise<ModeratedRow[]> =>
  agent(async (trx) => {
    const { rows } = await sql<ModeratedRow>`
      select ${COLUMNS} from testimonies.testimony t where ${inQueue(filter)} and ${after}
       order by t.submitted_at, t.id limit ${size}`.execute(trx);
    return rows;
  });

/** How many there are. */
export const queueLength = (agent: ReadAs, filter: QueueFilter): Promise<number> =>
  agent(async (trx) => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from testimonies.testimony t where ${inQueue(filter)}`.execute(trx);
    return rows[0]?.count ?? 0;
  });

/** Literal states, so that the partial index of what is not published answers. */
function inQueue({ state, network }: QueueFilter): RawBuilder<SqlBool> {
  const waiting = sql<SqlBool>`t.state <> 'PUBLISHED' and t.state = ${sql.lit(state)}`;
  if (network === null) return waiting;
  return sql`${waiting} and exists (
    select from testimonies.concern c where c.testimony_id = t.id and c.network_id = ${network})`;
}
