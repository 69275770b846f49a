import { type RawBuilder, sql } from 'kysely';
import { allOf, type Selection } from '../testimony/selection.query.ts';
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

type Fragment = RawBuilder<unknown>;

/** How a dimension is read from rows of `published_entry` (alias `e`). */
interface Source {
  /** Its value for a row; with `each`, one of many values. */
  key: Fragment;
  /** Rows of values, without repetition, where a row has several. */
  each?: Fragment;
  /** Whether it is about the structures concerned: a testimony then has as many values as structures. */
  ofStructures?: true;
  /** The value as it is told, made of a key. */
  value?: (key: Fragment) => Fragment;
  /** The French name of a key; null where the value is its own name. */
  label?: (key: Fragment) => Fragment;
}

/** An id, with its name in the directory. */
const named = (table: string, column: string): Source => ({
  key: sql.ref(`e.${column}`),
  label: (key) => sql`(select n.name from directory.${sql.id(table)} n where n.id = ${key})`,
});
const ofStructures = (source: Source): Source => ({ ...source, ofStructures: true });

const SOURCES: Record<Dimension, Source> = {
  MONTH: {
    key: sql`(e.published_on - extract(day from e.published_on)::int + 1)`,
    value: (key) => sql`to_char(${key}, 'YYYY-MM')`,
  },
  FEELING: { key: sql`e.feeling` },
  POSTED_AS: { key: sql`e.posted_as` },
  TAG: {
    key: sql`value`,
    each: sql`select unnest(e.tags)`,
    label: (key) => sql`(select t.label from testimonies.tag t where t.id = ${key})`,
  },
  CHANNEL: { key: sql`value`, each: sql`select unnest(e.channels)`, ofStructures: true },
  PROCEDURE: {
    key: sql`value`,
    each: sql`select unnest(e.procedures)`,
    // The words of some user for it: an index has them in their order.
    label: (key) => sql`(
      select p.label from testimonies.published_procedure p where p.procedure_id = ${key} order by p.label limit 1)`,
  },
  NETWORK: ofStructures(named('network', 'network_id')),
  TYPOLOGY: ofStructures(named('typology', 'typology_id')),
  STRUCTURE: ofStructures(named('structure', 'structure_id')),
  SITE: ofStructures(named('site', 'site_id')),
  COMMUNE: ofStructures(named('territory', 'commune_id')),
  DEPARTEMENT: ofStructures(named('territory', 'departement_id')),
  REGION: ofStructures(named('territory', 'region_id')),
  USER_DEPARTEMENT: named('territory', 'user_departement_id'),
  USER_REGION: named('territory', 'user_region_id'),
};

/** Keys of the dimensions, `d1` and `d2`, for each selected row: the beginning of a statement that counts. */
export function keyed(dimensions: readonly Dimension[], { condition, aboutStructures }: Selection) {
  const sources = dimensions.map((dimension) => SOURCES[dimension]);
  const everyStructure = aboutStructures || sources.some((source) => source.ofStructures);
  const keys = sources.map(({ key, each }, index) => (each ? sql.ref(`v${index + 1}.value`) : key));
  const joins = sources.flatMap(({ each }, index) =>
    each ? [sql`left join lateral (${each}) as ${sql.id(`v${index + 1}`)}(value) on true`] : [],
  );
  return {
    keys,
    /** A testimony may come in several rows of a group when structures matter; else in one of each. */
    everyStructure,
    /** What follows `from … e`. */
    from: sql`${sql.join(joins, sql` `)}
      where ${everyStructure ? condition : allOf([condition, sql`e.is_first`])}`,
  };
}

/** The groups of a selection with their keys, `d1` and `d2`, and the number of testimonies, in any order. */
export function countedBy(dimensions: readonly Dimension[], selection: Selection): RawBuilder<unknown> {
  const { keys, everyStructure, from } = keyed(dimensions, selection);
  const names = keys.map((_key, index) => sql.id(`d${index + 1}`));
  const columns = sql.join(
    keys.map((key, index) => sql`${key} as ${names[index]},`),
    sql` `,
  );
  const all = sql`testimonies.published_entry e ${from}`;
  const grouped = names.length > 0 ? sql`group by ${sql.join(names)}` : sql``;
  if (!everyStructure) return sql`select ${columns} count(*)::int as count from ${all} ${grouped}`;
  const named = sql.join(
    names.map((name) => sql`${name},`),
    sql` `,
  );
  const apart = sql.join([...names, sql`several`]);
  // Only testimonies that have several rows are told apart, by hash: a distinct count would sort them.
  return sql`
    select ${named} coalesce(sum(case when several is null then rows else 1 end), 0)::int as count
      from (select ${columns} case when not e.is_only then e.number end as several, count(*) as rows
              from ${all} group by ${apart}) part
    ${grouped}`;
}

/** Names of the keys of a counted group. */
export const keyNames = (dimensions: readonly Dimension[]) =>
  dimensions.map((_, index) => sql.ref(`g.d${index + 1}`));

/** Values and labels of a counted group `g`. */
export function told(dimensions: readonly Dimension[]) {
  const keys = keyNames(dimensions);
  const values = keys.map((key, index) => SOURCES[dimensions[index] as Dimension].value?.(key) ?? key);
  const labels = keys.map(
    (key, index) => SOURCES[dimensions[index] as Dimension].label?.(key) ?? values[index],
  );
  return {
    values: sql<(string | null)[]>`array[${sql.join(values)}]::text[]`,
    labels: sql<(string | null)[]>`array[${sql.join(labels)}]::text[]`,
  };
}

/** Months in their order, then what is most frequent, then by key: the same order each time. */
export function inOrder(dimensions: readonly Dimension[], count: Fragment): Fragment {
  const keys = keyNames(dimensions);
  const months = keys.filter((_, index) => dimensions[index] === 'MONTH');
  return sql.join([...months, sql`${count} desc`, ...keys.filter((key) => !months.includes(key))]);
}

/** Labels in French, none of them missing: an id that the directory does not know stands for itself. */
export function frenchLabels(
  dimensions: readonly Dimension[],
  values: readonly (string | null)[],
  labels: readonly (string | null)[],
): string[] {
  return dimensions.map((dimension, index) => {
    const value = values[index] ?? null;
    return (value !== null && FRENCH[dimension]?.[value]) || (labels[index] ?? value ?? UNKNOWN);
  });
}
