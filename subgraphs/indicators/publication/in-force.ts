import { type RawBuilder, sql } from 'kysely';

/** Query of the last definition of an indicator: how often it is published is what this one says. */
export const latestDefinition = (indicator: RawBuilder<unknown>) => sql`
  select d.* from indicators.definition d where d.indicator_id = ${indicator} order by d.version desc limit 1`;

/** Query of the definition of an indicator in force on a day; the first one for what is older than any. */
export const definitionAt = (indicator: RawBuilder<unknown>, day: RawBuilder<unknown>) => sql`
  select d.* from indicators.definition d
   where d.indicator_id = ${indicator}
   order by d.valid_from is null or d.valid_from <= ${day} desc,
            case when d.valid_from is null or d.valid_from <= ${day} then -d.version else d.version end
   limit 1`;
