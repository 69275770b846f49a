import { type RawBuilder, type SqlBool, sql } from 'kysely';

/** What a fact can be looked up by; EVERYTHING is the hub's root, whatever the id. */
export type SubjectKind = 'EVERYTHING' | 'TERRITORY' | 'NETWORK' | 'STRUCTURE' | 'SITE';

/** The id of the whole country, as a constant of the statement. */
export const COUNTRY: RawBuilder<string> = sql.lit('FR');

/**
 * Condition that a fact belongs to a subject. `fact` is the alias of a row with the columns `network_id`,
 * `structure_id`, `site_id`, `commune_id`, `departement_id` and `region_id`, which say where it stands;
 * `id` is the id of the subject, a parameter or a column.
 *
 * A structure answers for the structures below it, a commune for its municipal arrondissements.
 */
export function belongsTo(kind: SubjectKind, fact: string, id: RawBuilder<string>): RawBuilder<SqlBool> {
  const column = (name: string) => sql.ref(`${fact}.${name}`);
  switch (kind) {
    case 'EVERYTHING':
      return sql`true`;
    case 'NETWORK':
      return sql`${column('network_id')} = ${id}`;
    case 'SITE':
      return sql`${column('site_id')} = ${id}`;
    case 'STRUCTURE':
      // An array, because the planner then begins with the few facts of these structures.
      // `union` and not `union all`: a cycle in the tree would end here and not run forever.
      return sql`${column('structure_id')} = any(array(
        with recursive branch(id) as (
          select ${id} collate "C" union select s.id from directory.structure s join branch on s.parent_id = branch.id
        ) select id from branch))`;
    case 'TERRITORY':
      return sql`(${id} = 'FR' or ${id} in (${column('departement_id')}, ${column('region_id')})
        or ${inCommune(column('commune_id'), id)})`;
  }
}

/** Condition that a column holds a commune or, where it has some, one of its municipal arrondissements. */
export function inCommune(column: RawBuilder<unknown>, id: RawBuilder<string> | string): RawBuilder<SqlBool> {
  // An array: of `exists` the planner believes that half of all facts pass.
  return sql`(${column} = ${id} or ${column} = any(array(
    select a.id from directory.territory a where a.is_arrondissement and a.parent_id = ${id})))`;
}

/**
 * The rows of a statement for each of many parents, in one round trip: `rows` is written for the parent whose id
 * is the column given to it, and its order is kept. Each row also has its `parent`.
 */
export function forEachParent<R>(
  parents: readonly string[],
  rows: (parent: RawBuilder<string>) => RawBuilder<R>,
): RawBuilder<R & { parent: string }> {
  // Of the country alone the planner is told: then no place is looked up, and workers may share what is left.
  const parent = parents.length === 1 && parents[0] === 'FR' ? COUNTRY : sql<string>`asked.parent`;
  return sql`
    select asked.parent, found.*
      from unnest(${[...parents]}::text[]) with ordinality as asked(parent, position)
     cross join lateral (${rows(parent)}) as found`;
}
