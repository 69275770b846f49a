import { type Kysely, sql } from 'kysely';
import type { Feeling, PostedAs, ReplyStatus, TestimoniesDatabase } from '../tables.ts';

/** A structure of an exported testimony, under the labels of the directory. */
export interface ExportedConcern {
  /** Rank of the structure that the user named, 1 to 3. */
  position: number;
  typology: string | null;
  structure: string | null;
  code: string | null;
  site: string | null;
  channels: string[];
  status: ReplyStatus;
  reply: string | null;
  similarity: string | null;
}

/** A published testimony with all that the export says of it. */
export interface ExportedTestimony {
  id: string;
  title: string;
  body: string;
  pseudonym: string | null;
  posted_as: PostedAs | null;
  feeling: Feeling;
  written_on: string;
  published_on: string;
  departement: string | null;
  region: string | null;
  user_country: string | null;
  similar_experiences: number;
  action_engaged: boolean;
  action_engaged_on: string | null;
  improvement: string | null;
  /** The first reply of any structure: the export has one day for all. */
  first_answered_on: string | null;
  concerns: ExportedConcern[];
  tags: { id: string; detail: string | null }[];
  procedures: string[];
}

export interface ExportFilter {
  /** Id of a network that must be concerned. */
  network: string | null;
  /** First and last day of publication. */
  from: string | null;
  to: string | null;
}

/** The published testimonies after an id, in the order of ids; read as anybody may. */
export async function exportPage(
  db: Kysely<TestimoniesDatabase>,
  { network, from, to }: ExportFilter,
  after: string,
  size: number,
): Promise<ExportedTestimony[]> {
  const { rows } = await sql<ExportedTestimony>`
    select t.id, t.title, t.body, t.pseudonym, t.posted_as, t.feeling, t.written_on, t.published_on,
           d.name as departement, r.name as region, t.user_country, t.similar_experiences, t.action_engaged,
           t.action_engaged_on, t.improvement,
           (select min(p.first_answered_on) from testimonies.published_reply p where p.testimony_id = t.id)
             as first_answered_on,
           (select coalesce(jsonb_agg(jsonb_build_object(
                     'position', h.named,
                     'typology', case when c.structure_id is null then c.typology_label
                                      else coalesce(y.name, n.name) end,
                     'structure', coalesce(s.name, c.structure_label), 'code', s.code, 'site', c.site_id,
                     'channels', c.channels, 'status', c.status, 'reply', p.body,
                     'similarity', p.ai_similarity::text) order by h.named), '[]')
              from testimonies.published_concern c
              -- Three groups of columns: what was handed on gives its own to who owes the reply now.
              join testimonies.published_holder h on h.testimony_id = c.testimony_id and h.position = c.position
              left join testimonies.published_reply p
                on p.testimony_id = c.testimony_id and p.position = c.position
              left join directory.structure s on s.id = c.structure_id
              left join directory.typology y on y.id = s.typology_id
              left join directory.network n on n.id = c.network_id
             where c.testimony_id = t.id) as concerns,
           (select coalesce(jsonb_agg(jsonb_build_object('id', g.tag_id, 'detail', g.detail)), '[]')
              from testimonies.published_tag g where g.testimony_id = t.id) as tags,
           array(select p.label from testimonies.published_procedure p
                  where p.testimony_id = t.id order by p.label) as procedures
      from testimonies.published_testimony t
      left join directory.territory d on d.id = t.user_departement_id
      left join directory.territory r on r.id = t.user_region_id
     where t.id > ${after}
       and (${from}::date is null or t.published_on >= ${from}::date)
       and (${to}::date is null or t.published_on <= ${to}::date)
       and (${network}::text is null or exists (
             select from testimonies.published_concern c where c.testimony_id = t.id and c.network_id = ${network}))
     order by t.id limit ${size}`.execute(db);
  return rows;
}

/** Id of the network that an operator names by id, code or any known label; null when there is none. */
export async function networkNamed(db: Kysely<TestimoniesDatabase>, name: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select n.id from directory.network n
     where ${name} in (n.id, n.code)
        or n.id = (select a.network_id from directory.network_alias a where a.key = directory.label_key(${name}))
     order by n.id limit 1`.execute(db);
  return rows[0]?.id ?? null;
}
