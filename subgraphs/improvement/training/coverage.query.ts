import { type Kysely, type RawBuilder, sql } from 'kysely';
import { belongsTo, type SubjectKind } from '../../../kernel/postgres/subject.ts';
import type { ImprovementDatabase } from '../tables.ts';
import type { TrainingTheme } from './training.kind.ts';

/** What counts are added up: those of a place, of a theme and a period where these are given. */
export interface CoverageArguments {
  kind: SubjectKind;
  /** Restrictions beside the parent's own. */
  scope: Readonly<Partial<Record<Exclude<SubjectKind, 'EVERYTHING'>, string>>>;
  theme: TrainingTheme | null;
  period: string | null;
}

/** The counts of one theme and period in a place, added up. */
export interface Coverage {
  theme: TrainingTheme;
  period: string;
  agents: number;
  trained: number;
  /** Counts that were added. */
  counts: number;
  /** Units of the place that one of these counts is about, in whole or in part; of all of them. */
  counted: number;
  units: number;
}

/**
 * Trained agents in each place, by theme and period. Nobody is counted twice: of several counts about the same
 * unit the latest is taken, and a count is left out where a finer one of the same network, theme and period stands
 * (a network's beside those of its structures and sites, a structure's beside those below it). This is settled
 * before the place is looked at, so that places which make up another add up to it.
 *
 * Units are what each network publishes at: its open sites, or its structures of that level, or itself.
 */
export async function trainingCoverages(
  db: Kysely<ImprovementDatabase>,
  { kind, scope, theme, period }: CoverageArguments,
  parents: readonly string[],
): Promise<(Coverage & { parent: string })[]> {
  const within = (alias: string) => placed(alias, kind, sql`asked.parent`, scope);
  const { rows } = await sql<Coverage & { parent: string }>`
    with recursive ${branches}, ${finest(theme, period)}, ${units}, ${countedUnits}
    select asked.parent, g.theme, g.period, g.agents, g.trained, g.counts, u.counted, e.units
      from unnest(${[...parents]}::text[]) as asked(parent)
     cross join lateral (
       select f.theme, f.period, sum(f.agents)::int as agents, sum(f.trained)::int as trained, count(*)::int as counts
         from finest f where ${within('f')} group by 1, 2) g
     cross join lateral (
       select count(*)::int as counted from counted_unit c join unit n on n.unit = c.unit
        where c.theme = g.theme and c.period = g.period and ${within('n')}) u
     cross join lateral (select count(*)::int as units from unit n where ${within('n')}) e
     order by g.theme, g.period`.execute(db);
  return rows;
}

function placed(
  alias: string,
  kind: SubjectKind,
  parent: RawBuilder<string>,
  scope: CoverageArguments['scope'],
): RawBuilder<unknown> {
  const more = Object.entries(scope).map(([of, id]) =>
    belongsTo(of as SubjectKind, alias, sql<string>`${id}::text`),
  );
  return sql.join([belongsTo(kind, alias, parent), ...more], sql` and `);
}

/** Every structure with itself and those above it; `union` ends where a tree has a cycle. */
const branches = sql`
  branch(id, above) as (
    select id, id from directory.structure
    union
    select b.id, s.parent_id from branch b join directory.structure s on s.id = b.above where s.parent_id is not null
  ), stands(unit, above) as (
    -- The structures that a site or a structure is part of, itself among them.
    select b.id, b.above from branch b
    union
    select l.site_id, b.above from directory.structure_site l join branch b on b.id = l.structure_id
  )`;

/** The structure that a site is part of, where a count names the site alone. */
const linked = (site: RawBuilder<unknown>) =>
  sql`(select min(l.structure_id) from directory.structure_site l where l.site_id = ${site})`;

const finest = (theme: string | null, period: string | null) => sql`
  latest as materialized (
    select distinct on (f.theme, f.period, unit)
           f.theme, f.period, f.agents, f.trained, f.network_id, f.site_id, f.commune_id, f.departement_id, f.region_id,
           coalesce(f.structure_id, ${linked(sql`f.site_id`)}) as structure_id,
           coalesce(f.site_id, f.structure_id, f.network_id) as unit
      from improvement.published_training_count f
     where (${theme}::text is null or f.theme = ${theme}) and (${period}::text is null or f.period = ${period})
     order by f.theme, f.period, unit, f.counted_on desc nulls last, f.id desc
  ), over_another as materialized (
    select distinct l.theme, l.period, s.above as unit
      from latest l join stands s on s.unit in (l.site_id, l.structure_id) and s.above <> l.unit
    union
    select distinct l.theme, l.period, l.network_id from latest l where l.unit <> l.network_id
  ), finest as materialized (
    select l.* from latest l
     where not exists (
       select from over_another o where o.theme = l.theme and o.period = l.period and o.unit = l.unit)
  )`;

const units = sql`
  unit as materialized (
    select s.id as unit, s.network_id, ${linked(sql`s.id`)} as structure_id, s.id as site_id, s.commune_id,
           s.departement_id, s.region_id
      from directory.site s join directory.network n on n.id = s.network_id
     where n.finest_level = 'SITE' and s.valid_to is null
    union all
    select s.id, s.network_id, s.id, null, s.commune_id, s.departement_id, s.region_id
      from directory.structure s join directory.network n on n.id = s.network_id
     where n.finest_level <> 'SITE' and s.level = n.finest_level and s.valid_to is null
  )`;

const countedUnits = sql`
  counted_unit as materialized (
    select f.theme, f.period, u.unit from finest f join unit u on f.unit = u.network_id
    union
    select f.theme, f.period, u.unit from finest f join stands s on s.above = f.unit join unit u on u.unit = s.unit
    union
    select f.theme, f.period, u.unit from finest f join unit u on u.unit = f.unit
    union
    select f.theme, f.period, u.unit
      from finest f join stands s on s.unit in (f.site_id, f.structure_id) join unit u on u.unit = s.above
  )`;
