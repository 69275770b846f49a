import type { Kysely } from 'kysely';
import { isDayAndId, pagesOf } from '../../../kernel/graphql/lists.ts';
import { rowLoader } from '../../../kernel/loader.ts';
import type { Agent } from '../../../kernel/postgres/agent.ts';
import type { ImprovementDatabase } from '../tables.ts';
import { countFacts, factsById, latestFacts } from './fact.query.ts';
import type { FactFilter, FactParent } from './filter.ts';
import type { Fact, FactSource } from './sources.ts';

type Db = Kysely<ImprovementDatabase>;

/** Runs a reading somewhere: on the public pool, or as an agent. */
export type Reading = <T>(work: (db: Db) => Promise<T>) => Promise<T>;

/**
 * The published facts of one kind: `byId` finds them by their own id, `pages` under their subjects.
 * @param name of the list, which its cursors are bound to
 */
export const publishedFacts = <Row>(db: Db, name: string, source: FactSource<Row>) =>
  facts<Row>((work) => work(db), name, source);

/**
 * The same for those who work on them: published or not, as far as row-level security lets the viewer see them.
 * Every statement is a transaction of the agent.
 */
export const workingFacts = <Row>(agent: Agent<ImprovementDatabase>, name: string, source: FactSource<Row>) =>
  facts<Row>(agent, `working ${name}`, { ...source, read: 'working' });

export type Facts<Row> = ReturnType<typeof facts<Row>>;

function facts<Row>(reading: Reading, name: string, source: FactSource<Row>) {
  return {
    byId: rowLoader(
      (ids: readonly string[]) => reading((db) => factsById(db, source, ids)),
      (id) => id,
      (row) => row.id,
    ),
    pages: pagesOf<FactParent, FactFilter, Fact<Row>>({
      name,
      rows: (args, parents) => reading((db) => latestFacts(db, source, args, parents)),
      count: (args, parents) => reading((db) => countFacts(db, source, args, parents)),
      keyOf: (row) => [row[source.day] as string | null, row.id],
      isKey: isDayAndId,
    }),
  };
}
