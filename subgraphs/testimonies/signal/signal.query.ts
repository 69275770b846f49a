import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { TestimoniesDatabase } from '../tables.ts';
import { selectionOf } from '../testimony/selection.query.ts';
import {
  BASELINE_WINDOWS,
  type Period,
  type Rising,
  type SignalArguments,
  type SignalPlace,
} from './signal.ts';

type Db = Kysely<TestimoniesDatabase>;
const PLACES: Record<SignalPlace, RawBuilder<string>> = {
  NETWORK: sql`e.network_id`,
  DEPARTEMENT: sql`e.departement_id`,
  STRUCTURE: sql`e.structure_id`,
};

/** Testimonies of the places that a signal is looked for in. */
function selected({ network, territory }: SignalArguments): RawBuilder<unknown> {
  return selectionOf('EVERYTHING', sql`''`, { network, territory }).condition;
}

/** The window and what is before it; null when nothing is published and no day was given. */
export async function periodOf(db: Db, asked: SignalArguments): Promise<Period | null> {
  const { rows } = await sql<Period>`
    with period as materialized (
      select d.as_of, d.as_of - ${asked.window}::int + 1 as first,
             d.as_of - ${asked.window * (1 + BASELINE_WINDOWS)}::int + 1 as baseline_first
        from (select coalesce(${asked.asOf}::date,
                (select published_on from testimonies.published_entry where is_first
                 order by published_on desc, testimony_id desc limit 1)) as as_of) d
    )
    select p.as_of as "asOf", p.first as "from", p.baseline_first as "baselineFrom",
           (select count(distinct e.number) from testimonies.published_entry e
             where e.published_on between p.baseline_first and p.as_of and ${selected(asked)})::int as testimonies
      from period p where p.as_of is not null`.execute(db);
  return rows[0] ?? null;
}

/** Counts what is told at each place in the window and before it; gives what rises at all, of what was tested. */
export async function risingOf(
  db: Db,
  asked: SignalArguments,
  { asOf, from, baselineFrom }: Period,
): Promise<{ tested: number; rising: Rising[] }> {
  const place = PLACES[asked.by];
  const { rows } = await sql<{ tested: number; rising: Rising[] }>`
    with told as materialized (
      -- Several structures of a testimony may stand at the same place.
      select distinct on (${place}, e.number) ${place} as place, e.testimony_id, e.tags,
             e.published_on >= ${from}::date as recent, e.feeling = 'NEGATIVE' as negative
        from testimonies.published_entry e
       where e.published_on between ${baselineFrom}::date and ${asOf}::date and ${place} is not null
         and ${selected(asked)}
    ), exposed as (
      select place, count(*) filter (where recent) as now, count(*) filter (where not recent) as before
        from told group by place
    ), said as materialized (
      select 'WORD' as kind, t.place, word as value, ${counts}
        from told t join testimonies.published_testimony p on p.id = t.testimony_id
       cross join unnest(tsvector_to_array(p.search)) as word
       where length(word) > 2 and word >= 'a'
       group by t.place, word having count(*) >= ${asked.minimum}
      union all
      select 'TAG', t.place, tag, ${counts} from told t cross join unnest(t.tags) as tag
       group by t.place, tag having count(*) >= ${asked.minimum}
    ), stem as (
      -- A text is kept stemmed and as written: of both, the stems are what is compared.
      select distinct stem from (select distinct value from said where kind = 'WORD') w
       cross join unnest(ts_lexize('pg_catalog.french_stem', w.value)) as stem
    ), tested as (
      select s.*, x.now, x.before as exposed_before from said s join exposed x using (place)
       where s.kind = 'TAG' or s.value in (select stem from stem) and s.value <> all (${SILENT}::text[])
    )
    select (select count(*)::int from tested) as tested,
           coalesce((
             select json_agg(json_build_object('kind', kind, 'place', place, 'value', value, 'count', count,
                      'before', before, 'negative', negative, 'exposure', now, 'exposureBefore', exposed_before)
                    order by kind, place, value)
               -- What does not rise is tested too, and cannot be told.
               from tested where count >= ${asked.minimum} and count * exposed_before > before * now), '[]') as rising
    `.execute(db);
  return rows[0] ?? { tested: 0, rising: [] };
}

const counts = sql`
  count(*) filter (where t.recent) as count, count(*) filter (where not t.recent) as before,
  count(*) filter (where t.recent and t.negative) as negative`;

/** Words that say nothing, as they are without their accents: the dictionary knows them with accents only. */
const SILENT = [
  'etait',
  'etais',
  'etaient',
  'etant',
  'ete',
  'etes',
  'etr',
  'tres',
  'mem',
  'apres',
  'aussi',
  'tout',
];

/** Testimonies that the written form of a word is looked up in. */
const READ_FOR_FORMS = 40;

/** How the tags and words of signals are shown: names of tags, and of each word the form most often written lately. */
export async function labelsOf(
  db: Db,
  asked: SignalArguments,
  { asOf, from }: Period,
  signals: readonly Rising[],
): Promise<Map<string, string>> {
  const words = signals.filter(({ kind }) => kind === 'WORD');
  const { rows } = await sql<{ kind: string; value: string; label: string }>`
    with asked as (
      select * from unnest(${words.map(({ place }) => place)}::text[], ${words.map(({ value }) => value)}::text[])
             as a(place, value)
    ), written as (
      select a.value, form, count(*) as times
        from asked a
       cross join lateral (
         select p.title, p.body
           from testimonies.published_entry e join testimonies.published_testimony p on p.id = e.testimony_id
          where e.published_on between ${from}::date and ${asOf}::date and ${PLACES[asked.by]} = a.place
            and ${selected(asked)} and p.search @@ quote_literal(a.value)::tsquery
          order by e.published_on desc, e.testimony_id desc limit ${READ_FOR_FORMS}) t
       cross join regexp_split_to_table(lower(t.title || ' ' || t.body), '[^[:alnum:]]+') as form
       where form <> '' and a.value in (
         testimonies.words(form), (ts_lexize('pg_catalog.french_stem', testimonies.words(form)))[1])
       group by a.value, form
    )
    select * from (
      select distinct on (value) 'WORD' as kind, value, form as label from written
       order by value, times desc, form) w
    union all
    select 'TAG', id, label from testimonies.tag
     where id = any(${signals.filter(({ kind }) => kind === 'TAG').map(({ value }) => value)}::text[])`.execute(
    db,
  );
  return new Map(rows.map(({ kind, value, label }) => [`${kind} ${value}`, label]));
}
