import { type QueryExecutorProvider, sql } from 'kysely';

/**
 * Temporary table `subject`: who published in each touched network and year, and in those of `wanted`.
 * `latest` is the newest publication with its import, `latest_on` the day of the newest result.
 */
export async function findPublishers(trx: QueryExecutorProvider): Promise<void> {
  await sql`
    create temporary table subject on commit drop as
      select year, network_id, kind, id, max(latest_on) as latest_on,
             max(to_char(publication_from, 'FM0000000000000000000') || import_id) as latest
        from (select w.year, w.network_id, r.subject_kind as kind, r.subject_id as id, r.publication_from,
                     r.import_id, max(coalesce(r.updated_on, r.period_end)) as latest_on
                from (select year, period_start, period_end, network_id from wanted
                      union
                      select y.year, y.period_start, y.period_end, t.network_id
                        from touched t join touched_year y on t.period_start between y.period_start and y.period_end) w
                join indicators.result r on r.network_id = w.network_id and r.publication_to is null
                 and r.period_start between w.period_start and w.period_end
               group by 1, 2, 3, 4, 5, 6) r
       group by 1, 2, 3, 4`.execute(trx);
  await sql`analyze subject`.execute(trx);
}

/** Stores who published in the touched networks: by year, then in all years together. */
export async function storePublishers(trx: QueryExecutorProvider): Promise<void> {
  await sql`
    create temporary table touched_network on commit drop as
      select distinct t.network_id, y.year
        from touched t join touched_year y on t.period_start between y.period_start and y.period_end
      union
      select network_id, 0 from touched`.execute(trx);
  // What did not change is not written again: a correction touches one result of thousands of publishers.
  await sql`
    delete from indicators.publisher p using touched_network t
     where p.network_id = t.network_id and p.year = t.year and t.year <> 0
       and not exists (select from subject s
                        where s.network_id = p.network_id and s.year = p.year and s.id = p.subject_id)`.execute(
    trx,
  );
  await sql`
    insert into indicators.publisher (network_id, year, subject_id, subject_kind, latest_on)
    select s.network_id, s.year, s.id, s.kind, s.latest_on
      from subject s join touched_network t on t.network_id = s.network_id and t.year = s.year
    ${OR_UPDATED}`.execute(trx);
  await sql`
    delete from indicators.publisher p using touched_network t
     where p.network_id = t.network_id and p.year = 0 and t.year = 0
       and not exists (select from indicators.publisher o
                        where o.network_id = p.network_id and o.subject_id = p.subject_id and o.year <> 0)`.execute(
    trx,
  );
  await sql`
    insert into indicators.publisher (network_id, year, subject_id, subject_kind, latest_on)
    select p.network_id, 0, p.subject_id, p.subject_kind, max(p.latest_on)
      from touched_network t join indicators.publisher p on p.network_id = t.network_id and p.year <> 0
     where t.year = 0
     group by 1, 3, 4
    ${OR_UPDATED}`.execute(trx);
  await sql`drop table touched_network`.execute(trx);
}

const OR_UPDATED = sql`
  on conflict (network_id, year, subject_id) do update
     set subject_kind = excluded.subject_kind, latest_on = excluded.latest_on
   where (publisher.subject_kind, publisher.latest_on) is distinct from (excluded.subject_kind, excluded.latest_on)`;
