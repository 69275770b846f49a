import type { Kysely } from 'kysely';
import { pageSize } from '../../../kernel/graphql/connection.ts';
import { listLoader, loaderPerArguments, rowLoader } from '../../../kernel/loader.ts';
import type { Agent } from '../../../kernel/postgres/agent.ts';
import { LISTENING_BODIES } from '../body/body.kind.ts';
import { ECO_MEASURES } from '../eco/eco.kind.ts';
import { FREQUENT_ERRORS } from '../error/error.kind.ts';
import { mostFrequentErrors } from '../error/error.query.ts';
import { publishedFacts, workingFacts } from '../fact/facts.ts';
import { GOOD_PRACTICES } from '../practice/practice.kind.ts';
import { countReuses } from '../practice/practice.query.ts';
import { PRACTICE_REUSES } from '../practice/reuse.kind.ts';
import type { ImprovementDatabase } from '../tables.ts';
import { coverageLoader } from '../training/coverage.loader.ts';
import { TRAINING_COUNTS } from '../training/training.kind.ts';
import type { Register } from './kind.ts';

const self = (id: string) => id;

/** What the registers are read through in one request. */
export function registerReaders(db: Kysely<ImprovementDatabase>, agent: Agent<ImprovementDatabase>) {
  const readers = <Row>(kind: Register<Row>) => ({
    published: publishedFacts(db, kind.names.many, kind),
    working: workingFacts(agent, kind.names.many, kind),
  });
  const errorsOf = loaderPerArguments((size: number) =>
    listLoader(
      (procedures: readonly string[]) => mostFrequentErrors(db, procedures, size),
      self,
      (row) => row.parent,
    ),
  );
  return {
    errors: readers(FREQUENT_ERRORS),
    /** The most frequent errors of a procedure, so many. */
    errorsOf: (first: number | null | undefined) => errorsOf(pageSize(first)),
    practices: readers(GOOD_PRACTICES),
    reuses: readers(PRACTICE_REUSES),
    reuseCounts: rowLoader(
      (practices: readonly string[]) => countReuses(db, practices),
      self,
      (row) => row.practice,
    ),
    bodies: readers(LISTENING_BODIES),
    training: readers(TRAINING_COUNTS),
    coverage: coverageLoader(db),
    eco: readers(ECO_MEASURES),
  };
}
