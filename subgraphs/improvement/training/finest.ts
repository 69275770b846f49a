import { type RawBuilder, sql } from 'kysely';
import { belongsTo, type SubjectKind } from '../../../kernel/postgres/subject.ts';

/** Restrictions to a place, beside the parent's own. */
export type Scope = Readonly<Partial<Record<Exclude<SubjectKind, 'EVERYTHING'>, string>>>;

/** The places that are asked, as the common table expression `asked`; a structure with those below it. */
export const askedPlaces = (kind: SubjectKind, parents: readonly string[]) => sql`
  asked as materialized (
    select p.parent, ${kind === 'STRUCTURE' ? sql`directory.branch(p.parent)` : sql`null::text[]`} as branch
      from unnest(${[...parents]}::text[]) as p(parent))`;

/** Condition that the row `alias` belongs to the place `asked` and to the scope. */
export function within(alias: string, kind: SubjectKind, scope: Scope): RawBuilder<unknown> {
  const place =
    kind === 'STRUCTURE'
      ? sql`${sql.ref(`${alias}.structure_id`)} = any(asked.branch)`
      : belongsTo(kind, alias, sql`asked.parent`);
  const more = Object.entries(scope).map(([of, id]) =>
    belongsTo(of as SubjectKind, alias, sql<string>`${id}::text`),
  );
  return sql.join([place, ...more], sql` and `);
}

/** The structure of each site, where only the site is named. */
export const STRUCTURE_OF_SITE = sql`
  (select l.site_id, min(l.structure_id) as structure_id from directory.structure_site l group by l.site_id)`;

/**
 * Common table expressions (of a `with recursive`) up to `finest`: of the counts `f` that fulfil a condition, the
 * latest of each unit (a site, a structure or a network), without those that stand above another of the same
 * network, theme and period. `above` has the structures that each is part of.
 *
 * What is left out is told by uncorrelated `in`, which PostgreSQL hashes whatever it believes of the sizes.
 */
export const finestCounts = (condition: RawBuilder<unknown>) => sql`
  latest as materialized (
    select distinct on (f.theme, f.period, unit)
           f.theme, f.period, f.agents, f.trained, f.network_id, f.site_id, f.commune_id, f.departement_id, f.region_id,
           coalesce(f.structure_id, o.structure_id) as structure_id,
           coalesce(f.site_id, f.structure_id, f.network_id) as unit
      from improvement.published_training_count f left join ${STRUCTURE_OF_SITE} o on o.site_id = f.site_id
     where ${condition}
     order by f.theme, f.period, unit, f.counted_on desc nulls last, f.id desc
  ), above(theme, period, unit, id) as (
    select own.* from (
      select theme, period, unit, structure_id from latest where structure_id is not null
      union all
      select l.theme, l.period, l.unit, x.structure_id from latest l join directory.structure_site x on x.site_id = l.site_id
    ) own
    union
    select a.theme, a.period, a.unit, s.parent_id from above a join directory.structure s on s.id = a.id
     where s.parent_id is not null
  ), over_another as materialized (
    select theme, period, id as unit from above where id <> unit
    union
    select theme, period, network_id from latest where unit <> network_id
  ), finest as materialized (
    select * from latest
     where (theme, period, unit) not in (select o.theme, o.period, o.unit from over_another o)
  )`;
