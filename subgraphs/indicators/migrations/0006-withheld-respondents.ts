import { type Kysely, type RawBuilder, sql } from 'kysely';

/**
 * Respondents of what is withheld go behind the views too, and out of the figures: with the number of answers a
 * withheld rate is nearly told. All figures are computed anew at the next refresh, because indicators made of the
 * same answers withhold the same from now on.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await replaceViews(db, true);
  await sql`update indicators.figure set respondents = null where suppressed is not null`.execute(db);
  await sql`update indicators.directory_state set revision = 0`.execute(db);
}

/** Figures get their respondents back at the next refresh. */
export async function down(db: Kysely<any>): Promise<void> {
  await replaceViews(db, false);
  await sql`update indicators.directory_state set revision = 0`.execute(db);
}

async function replaceViews(db: Kysely<any>, withheld: boolean): Promise<void> {
  await sql`
    create or replace view indicators.published_result as
      select ${MEASURED}, ${parts(sql`r.suppressed is null`, withheld ? sql`r.suppressed is null` : sql`true`)},
             ${ORIGIN}, r.suppressed
        from indicators.result r where r.publication_to is null`.execute(db);
  const current = sql`r.publication_to is null`;
  const shown = sql`(r.publication_to is null and r.suppressed is null)`;
  await sql`
    create or replace view indicators.changed_result as
      select r.changed_in, r.publication_to is not null as withdrawn,
             r.corrects or r.changed_in > r.publication_from as corrected,
             ${MEASURED}, ${parts(shown, withheld ? shown : current)}, ${ORIGIN},
             case when ${current} then r.suppressed end as suppressed
        from indicators.result r where r.changed_in is not null`.execute(db);
}

const MEASURED = sql`
  r.network_id, r.indicator_id, r.definition_version, r.subject_kind, r.subject_id,
  r.period_grain, r.period_start, r.period_end, r.period_inferred`;

const ORIGIN = sql`r.updated_on, r.import_id, r.import_row, r.publication_from, r.is_unit`;

const parts = (shown: RawBuilder<unknown>, counted: RawBuilder<unknown>) => sql`
  case when ${shown} then r.value end as value,
  case when ${shown} then r.numerator end as numerator,
  case when ${shown} then r.denominator end as denominator,
  case when ${counted} then r.respondents end as respondents,
  case when ${shown} then r.very_favourable end as very_favourable,
  case when ${shown} then r.favourable end as favourable,
  case when ${shown} then r.unfavourable end as unfavourable,
  case when ${shown} then r.very_unfavourable end as very_unfavourable`;
