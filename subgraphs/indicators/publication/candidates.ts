import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';
import { NOWHERE, nameGroups, nameNetworks, nameSubjects } from './names.ts';

/**
 * Temporary table `candidate`: staged rows with what they name found in the directory and among indicators, and
 * the parts of their value completed. A row that names something unknown is there too, with a null id. Rows with
 * the same numbers `gid` and `sid` are of one result: group (network, indicator, definition, period) and subject.
 *
 * What rows name is looked up once, however many rows name it (see names.ts).
 *
 * @param rows query of: record, line, network_key (id, code or name; null: that of the subject), subject_kind,
 *   subject_key, indicator_key (id or code), indicator_title (second chance), period_label (null: from
 *   updated_on and the frequency of the indicator), value, numerator, denominator, respondents, the four
 *   answers, updated_on
 * @param options `networkOfSubject`: a label that no network has is only a label, the subject says the network;
 *   `withDefinition`: rows have a definition_version, else it is the one in force when the period ends
 */
export async function findCandidates(
  trx: QueryExecutorProvider,
  rows: RawBuilder<unknown>,
  options: { networkOfSubject?: boolean; withDefinition?: boolean } = {},
): Promise<void> {
  await nameNetworks(trx, rows);
  await nameSubjects(trx, rows);
  const fallback = options.networkOfSubject ? sql`coalesce(n.id, s.network_id)` : sql`n.id`;
  const placed = sql`
    select raw.*, s.id as subject_id, s.sid, s.network_id as subject_network_id,
           case when raw.network_key is null or raw.network_key = 'ALL'
                then coalesce(raw.network_key, s.network_id) else ${fallback} end as network_id,
           case when raw.period_label is null then raw.updated_on end as dated,
           ${options.withDefinition ? sql`raw.definition_version` : sql`null :: integer`} as asked_version
      from (${rows}) raw
      left join named_network n on n.network_key = raw.network_key
      left join named_subject s on s.subject_kind = raw.subject_kind and s.subject_key = raw.subject_key`;
  await nameGroups(trx, placed);
  // What names a group is five texts, of which the planner thinks that they meet often: it would sort all rows by them.
  await sql`set local enable_mergejoin = off`.execute(trx);
  await sql`
    create temporary table candidate on commit drop as
      select m.record, m.line, m.network_key, m.subject_kind, m.subject_key, m.indicator_key, m.indicator_title,
             m.value, m.numerator, m.denominator, m.respondents, m.very_favourable, m.favourable,
             m.unfavourable, m.very_unfavourable, m.updated_on, m.subject_id, m.sid, m.subject_network_id,
             m.network_id collate "C" as network_id, d.gid, d.indicator_id, d.indicator_network_id, d.period_grain, d.period_start,
             d.period_end, m.period_label is null as period_inferred, d.definition_version, d.unit, d.formula,
             ${parts()}
        from (${placed}) m
        left join named_group d
          on d.network_id = coalesce(m.network_id, ${NOWHERE}) and d.indicator_key = coalesce(m.indicator_key, '')
         and d.indicator_title = coalesce(m.indicator_title, '') and d.period_label = coalesce(m.period_label, '')
         and d.dated = coalesce(m.dated, '-infinity') and d.asked_version = coalesce(m.asked_version, 0)`.execute(
    trx,
  );
  await sql`set local enable_mergejoin = on`.execute(trx);
  await sql`
    create temporary table candidate_group on commit drop as
      select distinct gid, network_id, indicator_id, definition_version, period_grain, period_start, period_end
        from named_group where gid is not null and definition_version is not null`.execute(trx);
  await sql`drop table named_network, named_subject, named_group`.execute(trx);
  await sql`analyze candidate (record, gid, sid, subject_id, network_id)`.execute(trx);
}

/**
 * Numerator and denominator as given, or as the answers give them; the value that they make by the formula of
 * the definition (by its unit where no formula is declared).
 */
const parts = () => {
  const answers = sql`(m.very_favourable + m.favourable + m.unfavourable + m.very_unfavourable)`;
  const favourable = sql`
    case d.formula when 'FAVOURABLE' then m.very_favourable + m.favourable
                   when 'NET' then m.very_favourable + m.favourable - m.unfavourable - m.very_unfavourable end`;
  return sql`${answers} as answers, ${favourable} as answers_numerator,
    coalesce(m.numerator, ${favourable}) as known_numerator,
    coalesce(m.denominator, case when d.formula in ('FAVOURABLE', 'NET') then ${answers} end) as known_denominator,
    coalesce(m.respondents, ${answers}) as known_respondents,
    case when d.unit in ('PERCENT', 'POINTS') then 100 else 1 end as factor`;
};
