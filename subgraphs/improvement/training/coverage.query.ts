import { type Kysely, sql } from 'kysely';
import type { SubjectKind } from '../../../kernel/postgres/subject.ts';
import type { ImprovementDatabase } from '../tables.ts';
import { askedPlaces, finestCounts, type Scope, within } from './finest.ts';
import type { TrainingTheme } from './training.kind.ts';

/** Greatest Int of the graph. */
const MOST = 2_147_483_647;

/** What counts are added up: those of a place, of a theme and a period where these are given. */
export interface CoverageArguments {
  kind: SubjectKind;
  scope: Scope;
  theme: TrainingTheme | null;
  period: string | null;
}

/** The counts of one theme and period in a place, added up. */
export interface Trained {
  parent: string;
  theme: TrainingTheme;
  period: string;
  agents: number;
  trained: number;
  /** Counts that were added. */
  counts: number;
}

/**
 * Trained agents in each place, by theme and period. Nobody is counted twice: of several counts about the same
 * unit the latest is taken, and a count is left out where a finer one of the same network, theme and period stands
 * (a network's beside those of its structures and sites, a structure's beside those below it). This is settled
 * before the place is looked at, so that places which make up another add up to it.
 */
export async function trainedAgents(
  db: Kysely<ImprovementDatabase>,
  { kind, scope, theme, period }: CoverageArguments,
  parents: readonly string[],
): Promise<Trained[]> {
  const asked = sql`(${theme}::text is null or f.theme = ${theme}) and (${period}::text is null or f.period = ${period})`;
  const { rows } = await sql<Trained>`
    with recursive ${finestCounts(asked)}, ${askedPlaces(kind, parents)}
    select asked.parent, g.* from asked cross join lateral (
      -- Held to what an Int of the graph can say: one count beyond all reason must not take the others' answer away.
      select f.theme, f.period, least(sum(f.agents), ${MOST})::int as agents,
             least(sum(f.trained), ${MOST})::int as trained, count(*)::int as counts
        from finest f where ${within('f', kind, scope)} group by 1, 2) g
     order by g.theme, g.period`.execute(db);
  return rows;
}
