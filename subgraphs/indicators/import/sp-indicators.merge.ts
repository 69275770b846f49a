import { sql } from 'kysely';
import { captureBefore } from '../../../kernel/import/before.ts';
import { reportRows } from '../../../kernel/import/checks.ts';
import {
  defineFeed,
  type ImportContext,
  type ImportTransaction,
  type MergeReport,
} from '../../../kernel/import/feed.ts';
import { DEFINITION, INDICATOR } from './entities.ts';
import { restoreDefinitions } from './restore-definitions.ts';
import { spIndicatorsSheet, UNIT_LABELS } from './sp-indicators.sheet.ts';

/**
 * The networks' own indicators. One is recognised by its code, else by its network and official title. A
 * changed question, method, unit or formula makes a new version, which breaks the series; a blank that gets
 * filled and a reworded title do not.
 */
export const spIndicators = defineFeed({
  name: 'sp-indicators',
  subgraph: 'indicators',
  description: "Definitions of the networks' indicators, open-data export of Services Publics+",
  source: 'Services Publics+, indicateurs',
  licence: 'Licence Ouverte 2.0',
  input: spIndicatorsSheet,
  duplicateKey: ['network', 'title', 'code'],
  scope: () => 'all',
  entities: [INDICATOR, DEFINITION],
  async check(trx) {
    await resolve(trx);
    await reportRows(trx, {
      code: 'UNKNOWN_NETWORK',
      severity: 'QUARANTINED',
      column: 'reseau',
      message: 'expected the id, code or name of a known network',
      sample: sql`s.network`,
      where: sql`s.record in (select record from resolved where network_id is null)`,
    });
    await reportRows(trx, {
      code: 'OTHER_NETWORK',
      severity: 'REJECTED',
      column: 'code_sp_de_l_indicateur',
      message: 'this code is that of an indicator of another network',
      sample: sql`s.code`,
      where: sql`s.record in (
        select r.record from resolved r join indicators.indicator i on i.id = r.id
         where i.network_id is distinct from r.network_id)`,
    });
    await reportRows(trx, {
      code: 'CONTRADICTORY_ROW',
      severity: 'REJECTED',
      column: null,
      message: 'expected one row per indicator, several rows name this one',
      sample: sql`s.title`,
      where: sql`s.record in (
        select record from (select r.record, count(*) over (partition by r.id) as times
                              from resolved r join import_row i on i.record = r.record
                             where r.network_id is not null) x where times > 1)`,
    });
  },
  merge: mergeIndicators,
  rollback: restoreDefinitions([INDICATOR, DEFINITION]),
});

/** Temporary table `resolved`: each row with its network, the id of its indicator and its unit. */
async function resolve(trx: ImportTransaction): Promise<void> {
  const labels = sql.join(UNIT_LABELS.map(([label, unit]) => sql`(${label}::text, ${unit}::text)`));
  await sql`
    create temporary table resolved on commit drop as
      with label (label, unit) as (values ${labels}),
      named as (
        select s.record, 'IND-' || regexp_replace(s.code, '^IND-', '') as code, s.title, n.id as network_id,
               n.code as network_code,
               coalesce(u.unit, t.unit) as unit
          from import_row s
          left join lateral (
            select n.id, n.code from directory.network n
              left join directory.network_alias a
                on a.network_id = n.id and a.key = directory.label_key(s.network)
             where n.id = s.network or n.code = s.network or a.key is not null limit 1) n on true
          left join label u on u.label = lower(s.unit)
          left join label t on t.label = lower(s.unit_type)
      )
      select n.record, n.network_id, n.unit, coalesce(
               (select i.id from indicators.indicator i where i.id = n.code or i.code = n.code),
               (select min(i.id) from indicators.indicator i
                  join indicators.definition d on d.indicator_id = i.id
                 where n.code is null and i.network_id = n.network_id
                   and directory.label_key(d.title) = directory.label_key(n.title)),
               n.code,
               -- No code yet: an id from the title, cut where it is long and kept apart by a checksum.
               'IND-' || n.network_code || '-' || replace(left(directory.label_key(n.title), 60), ' ', '-')
                 || case when length(directory.label_key(n.title)) > 60
                         then '-' || left(md5(directory.label_key(n.title)), 6) else '' end) as id
        from named n`.execute(trx);
}

/** Text without the differences that no reader sees. */
const squeezed = (column: string) => sql`trim(regexp_replace(${sql.ref(column)}, '\\s+', ' ', 'g'))`;

async function mergeIndicators(
  trx: ImportTransaction,
  { importId, publishedOn }: ImportContext,
): Promise<MergeReport> {
  await sql`
    create temporary table defined on commit drop as
      select r.id, r.network_id, r.unit as known_unit, s.*, coalesce(d.version, 0) as version,
             d.title as old_title, d.user_title as old_user_title,
             coalesce(d.unit <> r.unit, false) or coalesce(${squeezed('d.question')} <> ${squeezed('s.question')}, false)
               or coalesce(${squeezed('d.methods')} <> ${squeezed('s.methods')}, false)
               or coalesce(d.formula <> s.formula, false) as is_changed
        from import_row s
        join resolved r on r.record = s.record
        left join lateral (
          select * from indicators.definition d where d.indicator_id = r.id order by version desc limit 1) d on true
  `.execute(trx);
  await captureBefore(trx, importId, INDICATOR, sql`select id from defined`);
  await captureBefore(
    trx,
    importId,
    DEFINITION,
    sql`select id as indicator_id, version from defined where version > 0
        union select id, version + 1 from defined where version = 0 or is_changed`,
  );
  await sql`
    insert into indicators.indicator (id, code, network_id, import_id, import_row)
    select id, id, network_id, ${importId}::uuid, line from defined where version = 0
    on conflict (id) do nothing`.execute(trx);
  const created = await sql`
    insert into indicators.definition (indicator_id, version, title, user_title, question, family, unit, direction,
      frequency, formula, sources, methods, valid_from)
    select n.id, n.version + 1, n.title, coalesce(n.user_title, d.user_title, n.title),
           coalesce(n.question, d.question), n.family, n.known_unit,
           coalesce(n.direction, d.direction,
                    case when n.known_unit in ('MINUTES', 'DAYS') then 'LOWER_IS_BETTER' else 'HIGHER_IS_BETTER' end),
           coalesce(n.frequency, d.frequency, 'ANNUAL'), coalesce(n.formula, d.formula), d.sources,
           coalesce(n.methods, d.methods),
           -- The first version has always been; a new one begins when the source said so.
           case when n.version = 0 then n.valid_from
                else coalesce(n.valid_from, ${publishedOn}::date, current_date) end
      from defined n
      left join indicators.definition d on d.indicator_id = n.id and d.version = n.version
     where n.version = 0 or n.is_changed`.execute(trx);
  const reworded = await sql`
    update indicators.definition d
       set title = n.title, user_title = coalesce(n.user_title, d.user_title), question = coalesce(d.question, n.question),
           methods = coalesce(d.methods, n.methods), formula = coalesce(d.formula, n.formula),
           direction = coalesce(n.direction, d.direction), frequency = coalesce(n.frequency, d.frequency)
      from defined n
     where d.indicator_id = n.id and d.version = n.version and not n.is_changed
       and (d.title, d.user_title, d.question, d.methods, d.formula, d.direction, d.frequency) is distinct from
           (n.title, coalesce(n.user_title, d.user_title), coalesce(d.question, n.question),
            coalesce(d.methods, n.methods), coalesce(d.formula, n.formula), coalesce(n.direction, d.direction),
            coalesce(n.frequency, d.frequency))`.execute(trx);
  // Whoever read one of them before must read it again before writing.
  await sql`
    update indicators.indicator i set revision = i.revision + 1
      from import_before b join indicators.definition d
        on b.entity_id = d.indicator_id || '|' || d.version and b.before is distinct from to_jsonb(d)
     where b.import_id = ${importId} and b.entity = ${DEFINITION.name} and i.id = d.indicator_id
       and i.import_id is distinct from ${importId}::uuid`.execute(trx);
  const { rows } = await sql<{ total: string; known: string }>`
    select count(*) as total, count(*) filter (where version > 0) as known from defined`.execute(trx);
  const { total = '0', known = '0' } = rows[0] ?? {};
  const inserted = Number(total) - Number(known);
  const versions = Number(created.numAffectedRows ?? 0) - inserted;
  const updated = versions + Number(reworded.numAffectedRows ?? 0);
  const report = { inserted, updated, unchanged: Number(known) - updated, closed: 0 };
  return versions === 0 ? report : { ...report, details: { 'new versions': versions } };
}
