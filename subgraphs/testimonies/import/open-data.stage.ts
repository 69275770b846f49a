import { sql } from 'kysely';
import type { ImportTransaction } from '../../../kernel/import/feed.ts';
import { BETWEEN_CHANNELS, TAGS } from './open-data.columns.ts';

/**
 * The staged rows in the terms of the graph: temporary tables `tem_concern`, `tem_tag`, `tem_procedure`, and
 * `tem_row` with what an import does to each testimony (NEW, CHANGED, SAME).
 *
 * Rows are compared by a digest of what they lead to and not of their words, so that the same testimony said with
 * other labels is the same, and one whose structure is known since is not. The pseudonym stays out of the digest:
 * nobody may guess from it who was forgotten.
 *
 * @param replace what was written in the hub is a change too, for a file that wins over it
 */
export async function stageTestimonies(trx: ImportTransaction, replace: boolean): Promise<void> {
  await stageConcerns(trx);
  await stageTags(trx);
  await stageProcedures(trx);
  await sql`
    create temporary table tem_row on commit drop as
    with parts as materialized (
      select record, md5(string_agg(part, ' ' order by part collate "C")) as digest
        from (select record, 'c' || row(position, network_id, structure_id, site_id, structure_label, typology_label,
                     channels, status, reply, first_answered_on, trim_scale(ai_similarity))::text as part from tem_concern
              union all select record, 't' || row(tag_id, detail)::text from tem_tag
              union all select record, 'p' || row(label, procedure_id)::text from tem_procedure) p
       group by record
    ), said as (
      select s.record, 'TEM-' || s.id as id, s.pseudonym, h.departement_id, h.region_id,
             md5(row(s.state, s.title, s.body, s.posted_as, s.feeling, s.written_on, s.published_on, s.rejection_reason,
                     h.departement_id, h.region_id, s.country, coalesce(s.similar, 0), ${ACTION}, s.action_on,
                     s.improvement, p.digest)::text) as digest
        from import_row s
        left join tem_home h on h.user_departement = coalesce(s.user_departement, '')
                            and h.user_region = coalesce(s.user_region, '')
        left join parts p on p.record = s.record
    )
    select s.record, s.id, s.departement_id, s.region_id, s.digest,
           case when t.id is null then 'NEW'
                when t.source_digest is distinct from s.digest then 'CHANGED'
                when ${replace} and t.written_at is not null then 'CHANGED'
                when t.pseudonym is distinct from s.pseudonym
                 and not exists (select from testimonies.erased_author e where e.testimony_id = t.id) then 'CHANGED'
                else 'SAME' end as change
      from said s left join testimonies.testimony t on t.id = s.id`.execute(trx);
  await sql`create index on tem_row (record)`.execute(trx);
  await sql`analyze tem_row`.execute(trx);
}

/** An action is engaged where the file says so, or gives its day. */
export const ACTION = sql`(coalesce(s.action, '') <> '' or s.action_on is not null)`;

async function stageConcerns(trx: ImportTransaction): Promise<void> {
  await sql`
    create temporary table tem_concern on commit drop as
    select g.record, g.position, p.network_id, p.structure_id, p.site_id,
           case when p.structure_id is null then g.structure end as structure_label,
           case when p.structure_id is null then g.typology end as typology_label,
           coalesce(string_to_array(g.channels, ${BETWEEN_CHANNELS}), '{}') as channels,
           coalesce(draft.status, g.status) as status, coalesce(draft.body, g.reply) as reply,
           -- The export has one day for all structures.
           case when g.status = 'PUBLISHED' and g.reply is not null then s.first_answered_on end as first_answered_on,
           case when draft.status is not null then draft.ai_similarity
                when g.reply is not null then g.similarity end as ai_similarity
      from (select *, coalesce(status, case when reply is null then 'TO_PROCESS' else 'PUBLISHED' end) as own_status
              from tem_group) r
      cross join lateral (select r.record, r.position, r.place, r.structure, r.typology, r.channels, r.reply,
                                 r.similarity, r.own_status as status) g
      join tem_place p on p.place = g.place
      join import_row s on s.record = g.record
      -- What an agent has begun here is not lost to a file that knows nothing of it.
      left join (select c.*, y.body, y.ai_similarity
                   from testimonies.concern c
                   left join testimonies.reply y using (network_id, testimony_id, position)
                  where c.status in ('DRAFT', 'TO_VALIDATE')) draft
        on g.status = 'TO_PROCESS' and g.reply is null and draft.testimony_id = 'TEM-' || s.id
       and draft.position = g.position and draft.network_id = p.network_id
       and draft.structure_id is not distinct from p.structure_id`.execute(trx);
  await sql`analyze tem_concern`.execute(trx);
}

async function stageTags(trx: ImportTransaction): Promise<void> {
  const cells = TAGS.map(({ column, id }) => sql`(${id}, ${sql.ref(`s.${column}`)})`);
  await sql`
    create temporary table tem_tag on commit drop as
    select s.record, t.tag_id, nullif(t.cell, 'oui') as detail
      from import_row s cross join lateral (values ${sql.join(cells)}) as t (tag_id, cell)
     where t.cell <> ''`.execute(trx);
}

/** Several procedures in a cell stand between bars, semicolons or line breaks; commas belong to the words. */
async function stageProcedures(trx: ImportTransaction): Promise<void> {
  await sql`
    create temporary table tem_procedure on commit drop as
    select distinct s.record, left(trim(p.label), 500) as label,
           case when trim(p.label) ~ '^PROC-\\S{1,100}$' then trim(p.label) end as procedure_id
      from import_row s cross join lateral regexp_split_to_table(s.procedures, '[|;\r\n]+') as p (label)
     where trim(p.label) <> ''`.execute(trx);
}
