import type { Kysely } from 'kysely';
import { listLoader, loaderPerArguments } from '../../../kernel/loader.ts';
import type { SubjectKind } from '../../../kernel/postgres/subject.ts';
import type { ImprovementDatabase } from '../tables.ts';
import { type CoverageArguments, trainedAgents } from './coverage.query.ts';
import { latestOfEach, withUnits } from './coverage.ts';
import { countedUnits } from './units.query.ts';

type Given = string | null | undefined;

/** Where agents work, as a filter says it. */
interface TrainingScope {
  network?: Given;
  structure?: Given;
  site?: Given;
  territory?: Given;
}

/** Trained agents of many places at once: two statements for all that ask with the same arguments. */
export function coverageLoader(db: Kysely<ImprovementDatabase>) {
  const loaders = loaderPerArguments((args: CoverageArguments) =>
    listLoader(
      async (parents: readonly string[]) => {
        const every = await trainedAgents(db, args, parents);
        const rows = args.period === null ? latestOfEach(every) : every;
        return rows.length === 0 ? [] : withUnits(rows, await countedUnits(db, args, rows));
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
