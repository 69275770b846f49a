import { type RawBuilder, sql } from 'kysely';
import { POSITIONS } from '../import/open-data.sheet.ts';

/** What is told of each structure that a user named, under these names and the rank of the structure. */
const TOLD = {
  network: sql`c.network_id`,
  structure: sql`c.structure_id`,
  site: sql`c.site_id`,
  channels: sql`array_to_string(c.channels, ' | ')`,
  status: sql`c.status`,
  reply: sql`p.body`,
  answered: sql`p.first_answered_on`,
  similarity: sql`p.ai_similarity`,
  structure_name: sql`coalesce(s.name, c.structure_label)`,
  structure_code: sql`s.code`,
  typology: sql`case when c.structure_id is null then c.typology_label else coalesce(y.name, n.name) end`,
} as const;

/** A column of `concernsOf`, for the structure of a rank. */
export const told = (what: keyof typeof TOLD, position: number): RawBuilder<unknown> =>
  sql.ref(`c.${what}_${position}`);

const picked = POSITIONS.flatMap((position) =>
  Object.entries(TOLD).map(
    ([name, value]) =>
      sql`min(${value}) filter (where h.named = ${sql.lit(position)}) as ${sql.id(`${name}_${position}`)}`,
  ),
);

/**
 * The structures that a testimony (alias `t`) is about, side by side in one row with the alias `c`. What was handed on
 * gives its place to who owes the reply now.
 */
export const concernsOf = sql`
  cross join lateral (
    select ${sql.join(picked)}
      from testimonies.published_concern c
      join testimonies.published_holder h on h.testimony_id = c.testimony_id and h.position = c.position
      left join testimonies.published_reply p on p.testimony_id = c.testimony_id and p.position = c.position
      left join directory.structure s on s.id = c.structure_id
      left join directory.typology y on y.id = s.typology_id
      left join directory.network n on n.id = c.network_id
     where c.testimony_id = t.id and h.testimony_id = t.id) as c`;
