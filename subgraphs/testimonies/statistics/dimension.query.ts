import { type RawBuilder, sql } from 'kysely';
import type { Dimension } from './dimension.ts';

/** What stands for a value that nobody gave. */
const UNKNOWN = 'Non précisé';

const FRENCH: Partial<Record<Dimension, Record<string, string>>> = {
  FEELING: { POSITIVE: 'Positif', NEUTRAL: 'Neutre', NEGATIVE: 'Négatif' },
  POSTED_AS: {
    INDIVIDUAL: 'Particulier',
    BUSINESS: 'Entreprise',
    ASSOCIATION: 'Association',
    OTHER: 'Autre',
  },
};

/** Rows (value, label) of a dimension for a testimony `t` and a structure concerned `c`, without repetition. */
const ROWS: Record<Dimension, RawBuilder<unknown>> = {
  MONTH: sql`select to_char(t.published_on, 'YYYY-MM'), to_char(t.published_on, 'YYYY-MM')`,
  FEELING: sql`select t.feeling, t.feeling`,
  POSTED_AS: sql`select t.posted_as, t.posted_as`,
  TAG: sql`
    select g.tag_id, tag.label from testimonies.published_tag g join testimonies.tag on tag.id = g.tag_id
     where g.testimony_id = t.id`,
  CHANNEL: sql`select distinct channel, channel from unnest(c.channels) as channel`,
  PROCEDURE: sql`
    select coalesce(p.procedure_id, p.label), min(p.label) from testimonies.published_procedure p
     where p.testimony_id = t.id group by 1`,
  NETWORK: named('network', sql`c.network_id`),
  TYPOLOGY: named('typology', sql`c.typology_id`),
  STRUCTURE: named('structure', sql`c.structure_id`),
  SITE: named('site', sql`c.site_id`),
  COMMUNE: named('territory', sql`c.commune_id`),
  DEPARTEMENT: named('territory', sql`c.departement_id`),
  REGION: named('territory', sql`c.region_id`),
  USER_DEPARTEMENT: named('territory', sql`t.user_departement_id`),
  USER_REGION: named('territory', sql`t.user_region_id`),
};

/** An id, with its name in the directory; the id itself when the directory does not know it. */
function named(table: string, id: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select ${id}, coalesce((select n.name from directory.${sql.id(table)} n where n.id = ${id}), ${id})`;
}

/** The fragments of a statement that groups by dimensions: d1, d2 are their rows. */
export function grouping(dimensions: readonly Dimension[]) {
  const columns = dimensions.map((_, index) => sql.ref(`d${index + 1}.value`));
  const joins = dimensions.map(
    (dimension, index) =>
      sql`left join lateral (${ROWS[dimension]}) as ${sql.id(`d${index + 1}`)}(value, label) on true`,
  );
  const labels = dimensions.map((_, index) => sql`min(${sql.ref(`d${index + 1}.label`)})`);
  const months = columns.filter((_, index) => dimensions[index] === 'MONTH');
  return {
    columns,
    joins: sql.join(joins, sql` `),
    values: sql<(string | null)[]>`array[${sql.join(columns)}]::text[]`,
    labels: sql<(string | null)[]>`array[${sql.join(labels)}]::text[]`,
    /** Months in their order, then what is most frequent, then by value: the same order each time. */
    order: (count: RawBuilder<unknown>) =>
      sql.join([...months, sql`${count} desc`, ...columns.filter((column) => !months.includes(column))]),
  };
}

/** Labels in French, none of them missing. */
export function frenchLabels(
  dimensions: readonly Dimension[],
  values: readonly (string | null)[],
  labels: readonly (string | null)[],
): string[] {
  return dimensions.map((dimension, index) => {
    const value = values[index] ?? null;
    return (value !== null && FRENCH[dimension]?.[value]) || (labels[index] ?? UNKNOWN);
  });
}
