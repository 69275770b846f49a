import type { Kysely } from 'kysely';
import { listLoader, loaderPerArguments } from '../../../kernel/loader.ts';
import type { SubjectKind } from '../../../kernel/postgres/subject.ts';
import type { ImprovementDatabase } from '../tables.ts';
import { type CoverageArguments, trainingCoverages } from './coverage.query.ts';
import { latestOfEachTheme } from './coverage.ts';

type Given = string | null | undefined;

/** Where agents work, as a filter says it. */
interface TrainingScope {
  network?: Given;
  structure?: Given;
  site?: Given;
  territory?: Given;
}

/** Trained agents of many places at once: one statement for all that ask with the same arguments. */
export function coverageLoader(db: Kysely<ImprovementDatabase>) {
  const loaders = loaderPerArguments((args: CoverageArguments) =>
    listLoader(
      async (parents: readonly string[]) => {
        const rows = await trainingCoverages(db, args, parents);
        if (args.period !== null) return rows;
        return [...Map.groupBy(rows, ({ parent }) => parent).values()].flatMap(latestOfEachTheme);
      },
      (parent) => parent,
      (row) => row.parent,
    ),
  );
  return (
    kind: SubjectKind,
    { network, structure, site, territory }: TrainingScope,
    asked: Pick<CoverageArguments, 'theme' | 'period'>,
  ) =>
    loaders({
      kind,
      scope: {
        ...(network && { NETWORK: network }),
        ...(structure && { STRUCTURE: structure }),
        ...(site && { SITE: site }),
        ...(territory && { TERRITORY: territory }),
      },
      ...asked,
    });
}
