import { sql } from 'kysely';
import { captureBefore } from '../../../kernel/import/before.ts';
import type { ImportTransaction } from '../../../kernel/import/feed.ts';
import { PARTS, TESTIMONY } from './entities.ts';
import { TAGS } from './open-data.columns.ts';
import { ACTION } from './open-data.stage.ts';

const CHANGED = sql`(select id from tem_row where change = 'CHANGED')`;

/** Keeps how things were: the parts of a testimony that is new go with it, so that nothing of them is kept. */
export async function keepBefore(trx: ImportTransaction, importId: string): Promise<void> {
  await captureBefore(trx, importId, TESTIMONY, sql`select id from tem_row where change <> 'SAME'`);
  for (const part of PARTS) {
    const key = sql.join(part.key.map((name) => sql.ref(name)));
    await captureBefore(
      trx,
      importId,
      part,
      sql`select ${key} from ${sql.table(part.table)} where testimony_id in ${CHANGED}`,
    );
  }
}

/** Writes what is new or changed; the parts of a changed testimony are replaced whole. */
export async function writeTestimonies(trx: ImportTransaction, importId: string): Promise<void> {
  await sql`
    insert into testimonies.testimony as t
      (id, state, title, body, pseudonym, posted_as, feeling, written_on, published_on, rejection_reason,
       user_departement_id, user_region_id, user_country, similar_experiences, action_engaged, action_engaged_on,
       improvement, source_digest, import_id, import_row)
    select r.id, s.state, coalesce(s.title, ''), coalesce(s.body, ''), s.pseudonym, s.posted_as, s.feeling,
           s.written_on, s.published_on,
           coalesce(s.rejection_reason, case when s.state = 'REJECTED' then ${NO_REASON} end),
           r.departement_id, r.region_id, s.country, coalesce(s.similar, 0), ${ACTION}, s.action_on, s.improvement,
           r.digest, ${importId}::uuid, s.line
      from tem_row r join import_row s on s.record = r.record
     where r.change <> 'SAME'
    on conflict (id) do update set version = t.version + 1,
      ${sql.join(WRITTEN.map((name) => sql`${sql.ref(name)} = ${sql.ref(`excluded.${name}`)}`))}`.execute(
    trx,
  );
  // What an agent read before must not look as it did.
  await sql`
    create temporary table tem_version on commit drop as
    select testimony_id, position, version from testimonies.concern where testimony_id in ${CHANGED}`.execute(
    trx,
  );
  for (const part of ['concern', 'ai_draft', 'unplaced_concern', 'testimony_tag', 'testimony_procedure']) {
    await sql`delete from testimonies.${sql.id(part)} where testimony_id in ${CHANGED}`.execute(trx);
  }
  await writeParts(trx);
}

/** What is said of a rejection whose reason the source keeps for itself. */
const NO_REASON = 'Motif non communiqué par la source';

const WRITTEN = [
  'state',
  'title',
  'body',
  'pseudonym',
  'posted_as',
  'feeling',
  'written_on',
  'published_on',
  'rejection_reason',
  'user_departement_id',
  'user_region_id',
  'user_country',
  'similar_experiences',
  'action_engaged',
  'action_engaged_on',
  'improvement',
  'source_digest',
  'import_id',
  'import_row',
  // No file knows them: what the hub had decided goes with the rest.
  'rejection_code',
  'decided_on',
  'written_at',
];

async function writeParts(trx: ImportTransaction): Promise<void> {
  const written = (table: string) =>
    sql`${sql.table(table)} x join tem_row r on r.record = x.record and r.change <> 'SAME'`;
  await sql`
    insert into testimonies.concern (network_id, testimony_id, position, structure_id, site_id, channels, status,
      structure_label, typology_label, version)
    select x.network_id, r.id, x.position, x.structure_id, x.site_id, x.channels, x.status, x.structure_label,
           x.typology_label, coalesce(v.version, 0) + 1
      from ${written('tem_concern')}
      left join tem_version v on v.testimony_id = r.id and v.position = x.position
     where x.network_id is not null`.execute(trx);
  await sql`
    insert into testimonies.reply (network_id, testimony_id, position, body, first_answered_on, ai_similarity)
    select x.network_id, r.id, x.position, x.reply, x.first_answered_on, x.ai_similarity
      from ${written('tem_concern')} where x.network_id is not null and x.reply is not null`.execute(trx);
  await sql`
    insert into testimonies.unplaced_concern (testimony_id, position, structure_label, typology_label, channels, status,
      reply, first_answered_on, ai_similarity)
    select r.id, x.position, x.structure_label, x.typology_label, x.channels, x.status, x.reply, x.first_answered_on,
           x.ai_similarity
      from ${written('tem_concern')} where x.network_id is null`.execute(trx);
  const labels = TAGS.map(({ id, header }) => sql`(${id}::text, ${header}::text)`);
  await sql`
    insert into testimonies.tag (id, label) values ${sql.join(labels)} on conflict do nothing`.execute(trx);
  await sql`
    insert into testimonies.testimony_tag (testimony_id, tag_id, detail)
    select r.id, x.tag_id, x.detail from ${written('tem_tag')}`.execute(trx);
  await sql`
    insert into testimonies.testimony_procedure (testimony_id, label, procedure_id)
    select r.id, x.label, x.procedure_id from ${written('tem_procedure')}`.execute(trx);
}
