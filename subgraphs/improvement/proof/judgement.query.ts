import { type Kysely, type SqlBool, sql } from 'kysely';
import { belongsTo, type SubjectKind } from '../../../kernel/postgres/subject.ts';
import type { ImprovementDatabase } from '../tables.ts';

/** Where self-diagnoses are looked for. */
export interface Where {
  kind: SubjectKind;
  place: string;
  network: string | null;
}

/** How services judge themselves on one commitment, in a scope. */
export interface Judgement {
  commitment: string;
  /** Self-diagnoses that count: the latest of each service. */
  diagnoses: number;
  /** Those that give this commitment a score. */
  scored: number;
  /** Plain mean of these scores, 0 to 100, two decimals; null without any. */
  mean: string | null;
  /** Day of the latest that counts. */
  latest_on: string | null;
}

/** The latest published self-diagnosis of each service of a scope, by commitment; a row for each commitment. */
export async function judgements(
  db: Kysely<ImprovementDatabase>,
  { kind, place, network }: Where,
  commitments: readonly string[],
): Promise<Judgement[]> {
  const ofNetwork = network === null ? sql<SqlBool>`true` : belongsTo('NETWORK', 'd', sql`${network}::text`);
  const { rows } = await sql<Judgement>`
    with latest as materialized (
      select distinct on (d.network_id, d.structure_id, d.site_id, d.territory_id) d.made_on, d.findings
        from improvement.published_self_diagnosis d
       where ${belongsTo(kind, 'd', sql`${place}::text`)} and ${ofNetwork}
       order by d.network_id, d.structure_id, d.site_id, d.territory_id, d.made_on desc, d.id desc
    )
    select asked.id as commitment, (select count(*)::int from latest) as diagnoses, count(found.score)::int as scored,
           round(avg(found.score), 2)::text as mean, (select max(made_on) from latest) as latest_on
      from unnest(${[...commitments]}::text[]) as asked(id)
      left join (
        select f."commitmentId" as commitment, f.score
          from latest cross join lateral jsonb_to_recordset(latest.findings) as f ("commitmentId" text, score numeric)
      ) found on found.commitment = asked.id
     group by asked.id`.execute(db);
  return rows;
}
