import type { Kysely } from 'kysely';
import type { Access } from '../../kernel/graphql/open.ts';
import { rowLoader } from '../../kernel/loader.ts';
import type { Viewer } from '../../kernel/viewer.ts';
import type { Writing } from '../../kernel/write/writing.ts';
import { dutyLoader } from './diagnosis/duty.loader.ts';
import { publishedFacts, workingFacts } from './fact/facts.ts';
import { ACTIONS, DIAGNOSES, GAPS, IMPACTS, LABELS, PLANS } from './fact/sources.ts';
import { governanceReaders } from './governance/readers.ts';
import { labelsInForce } from './label/label.query.ts';
import { progressLoader } from './plan/progress.loader.ts';
import { judgementLoader } from './proof/judgement.loader.ts';
import { registerReaders } from './register/readers.ts';
import type { ImprovementDatabase } from './tables.ts';

/** What one request of this subgraph reads through: every look-up is batched. */
export type ImprovementContext = ReturnType<typeof contextFor>;

/** @param access what is not published, as far as the viewer may reach it */
export function contextFor(
  db: Kysely<ImprovementDatabase>,
  viewer: Viewer,
  access: Access<ImprovementDatabase>,
) {
  const { agent } = access;
  const writing: Writing<ImprovementDatabase> = { viewer, ...access };
  return {
    viewer,
    /** What commands work with. */
    writing,
    plans: publishedFacts(db, 'actionPlans', PLANS),
    actions: publishedFacts(db, 'actions', ACTIONS),
    diagnoses: publishedFacts(db, 'selfDiagnoses', DIAGNOSES),
    gaps: publishedFacts(db, 'gaps', GAPS),
    labels: publishedFacts(db, 'labels', LABELS),
    impacts: publishedFacts(db, 'impacts', IMPACTS),
    progress: progressLoader((work) => work(db), 'published'),
    duty: dutyLoader(db),
    judgements: judgementLoader(db),
    /** Frequent errors, good practices, listening bodies, training, eco-measures. */
    registers: registerReaders(db, agent),
    /** Labels on their way, conferences, ideas, major actions, sessions and decisions. */
    governance: governanceReaders(db, agent),
    /** The same as those see it who work on it. */
    working: {
      plans: workingFacts(agent, 'actionPlans', PLANS),
      actions: workingFacts(agent, 'actions', ACTIONS),
      progress: progressLoader(agent, 'working'),
      diagnoses: workingFacts(agent, 'selfDiagnoses', DIAGNOSES),
      gaps: workingFacts(agent, 'gaps', GAPS),
      impacts: workingFacts(agent, 'impacts', IMPACTS),
    },
    labelInForce: rowLoader(
      (sites: readonly string[]) => labelsInForce(db, sites),
      (id) => id,
      (row) => row.site_id ?? '',
    ),
  };
}
