import { type RawBuilder, sql } from 'kysely';
import { NATION } from '../../kernel/ids.ts';

/**
 * Whether `subject` (a site or a structure) stands in a territory; a commune includes its arrondissements.
 * An id that names no territory selects nothing.
 */
export function standsIn(subject: 'site' | 'structure', territory: string): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(`${subject}.${name}`);
  if (territory === NATION) return sql`true`;
  if (territory.startsWith('REG-')) return sql`${column('region_id')} = ${territory}`;
  if (territory.startsWith('DEP-')) return sql`${column('departement_id')} = ${territory}`;
  return sql`${column('commune_id')} in (
    select place.id from directory.territory place
    where place.id = ${territory} or (place.parent_id = ${territory} and place.is_arrondissement))`;
}
