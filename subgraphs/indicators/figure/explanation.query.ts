import { type Kysely, sql } from 'kysely';
import type { IndicatorsTables } from '../tables.ts';
import type { FigureKey } from './figure.query.ts';

/** The parts of a computed figure that came with one import. */
export interface PartsRow
  extends Pick<FigureKey, 'network' | 'indicator' | 'version' | 'grain' | 'start' | 'territory'> {
  parts: number;
  withheld: number;
  source: string;
  file_name: string;
  licence: string | null;
  imported_at: Date;
  published_on: string | null;
}

/** Which units are in the figures of territories, import by import, in one statement. */
export async function partsOf(db: Kysely<IndicatorsTables>, keys: readonly FigureKey[]): Promise<PartsRow[]> {
  const { rows } = await sql<PartsRow>`
    with k as (
      select * from unnest(${keys.map((key) => key.network)}::text[], ${keys.map((key) => key.indicator)}::text[],
        ${keys.map((key) => key.version)}::integer[], ${keys.map((key) => key.grain)}::text[],
        ${keys.map((key) => key.start)}::date[], ${keys.map((key) => key.territory)}::text[])
        as k (network, indicator, version, grain, start, territory)
    ), unit as (
      select k.network, k.indicator, k.version, k.grain, k.start, k.territory, r.import_id, r.suppressed,
             x.departement_id, coalesce(d.region_id, d.parent_id, x.region_id) as region_id
        from k
        join indicators.published_result r
          on r.network_id = k.network and r.indicator_id = k.indicator and r.period_start = k.start
         and r.period_grain = k.grain and r.definition_version = k.version and r.is_unit
        join lateral (
          select departement_id, region_id from directory.site where r.subject_kind = 'SITE' and id = r.subject_id
          union all
          select departement_id, region_id from directory.structure
           where r.subject_kind = 'STRUCTURE' and id = r.subject_id
          union all
          select case level when 'DEPARTEMENT' then id end, case level when 'REGION' then id else region_id end
            from directory.territory where r.subject_kind = 'TERRITORY' and id = r.subject_id) x on true
        left join directory.territory d on d.id = x.departement_id)
    select u.network, u.indicator, u.version, u.grain, u.start, u.territory,
           count(*)::integer as parts, count(u.suppressed)::integer as withheld,
           coalesce(i.source, i.feed) as source, i.file_name, i.licence,
           coalesce(i.finished_at, i.started_at) as imported_at, i.published_on
      from unit u join indicators.import i on i.id = u.import_id
     where u.territory in ('FR', u.departement_id, u.region_id)
     group by u.network, u.indicator, u.version, u.grain, u.start, u.territory, i.id
     order by i.publication`.execute(db);
  return rows;
}
