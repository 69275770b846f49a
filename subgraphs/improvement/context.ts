import type { Kysely } from 'kysely';
import { isDayAndId, pagesOf } from '../../kernel/graphql/lists.ts';
import { rowLoader } from '../../kernel/loader.ts';
import type { SubjectKind } from '../../kernel/postgres/subject.ts';
import type { Viewer } from '../../kernel/viewer.ts';
import { countFacts, type FactSource, factsById, latestFacts } from './fact/fact.query.ts';
import type { FactFilter } from './fact/filter.ts';
import { DIAGNOSES, IMPACTS, LABELS, PLANS } from './fact/sources.ts';
import { labelsInForce } from './label/label.query.ts';
import type { ImprovementDatabase, SubjectColumns } from './tables.ts';

/** What one request of this subgraph reads through: every look-up is batched. */
export type ImprovementContext = ReturnType<typeof contextFor>;

const self = (id: string) => id;

export function contextFor(db: Kysely<ImprovementDatabase>, viewer: Viewer) {
  return {
    viewer,
    plans: facts(db, 'actionPlans', PLANS),
    diagnoses: facts(db, 'selfDiagnoses', DIAGNOSES),
    labels: facts(db, 'labels', LABELS),
    impacts: facts(db, 'impacts', IMPACTS),
    labelInForce: rowLoader(
      (sites: readonly string[]) => labelsInForce(db, sites),
      self,
      (row) => row.site_id ?? '',
    ),
  };
}

/** One kind of fact: `byId` finds them by their own id, `pages` under their subjects. */
function facts<Row extends SubjectColumns>(
  db: Kysely<ImprovementDatabase>,
  name: string,
  source: FactSource<Row>,
) {
  return {
    byId: rowLoader(
      (ids: readonly string[]) => factsById(db, source, ids),
      self,
      (row) => row.id,
    ),
    pages: pagesOf<SubjectKind, FactFilter, Row>({
      name,
      rows: (args, parents) => latestFacts(db, source, args, parents),
      count: (args, parents) => countFacts(db, source, args, parents),
      keyOf: (row) => [row[source.day] as string | null, row.id],
      isKey: isDayAndId,
    }),
  };
}
