import { sql } from 'kysely';

/** The setting that holds a density. */
export const ABOVE = sql`
  (values ('DENSE', 'URBAN'), ('INTERMEDIATE', 'URBAN'), ('SPARSE', 'RURAL'), ('VERY_SPARSE', 'RURAL'))
    setting_of (leaf, setting)`;
