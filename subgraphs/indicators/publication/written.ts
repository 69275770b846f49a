import { sql } from 'kysely';
import { HubError } from '../../../kernel/errors.ts';
import type { ImportTransaction, RollbackContext, Undoable } from '../../../kernel/import/feed.ts';
import { COMMITMENT_LINK, DEFINITION, INDICATOR } from '../import/entities.ts';
import { restoreDefinitions } from '../import/restore-definitions.ts';
import { rollUp } from '../rollup/roll-up.ts';
import { SURVEY_WRITTEN } from '../survey/feeds.ts';
import { waitAgain } from '../survey/rollback.ts';
import { groupsIn, sameResult } from './publish.ts';
import { rollbackResults } from './rollback.ts';

/** What the journal calls the publications of commands: results, and definitions of indicators. */
export const RESULTS_WRITTEN = 'results-api';
export const INDICATORS_WRITTEN = 'indicators-api';

/** How what commands published is undone, as an import is. */
export const indicatorsWritten: readonly Undoable[] = [
  {
    name: RESULTS_WRITTEN,
    subgraph: 'indicators',
    rollback: (trx, context) =>
      context.options['action'] === 'withdraw' ? bringBack(trx, context) : rollbackResults(trx, context),
  },
  {
    name: INDICATORS_WRITTEN,
    subgraph: 'indicators',
    rollback: restoreDefinitions([INDICATOR, DEFINITION, COMMITMENT_LINK]),
  },
  { name: SURVEY_WRITTEN, subgraph: 'indicators', rollback: waitAgain },
];

/**
 * Undoes a withdrawal by publishing once more what it had closed.
 * @throws HubError CONFLICT when the result was published again since
 */
async function bringBack(trx: ImportTransaction, { importId, publication }: RollbackContext): Promise<void> {
  await sql`
    create temporary table undone on commit drop as
      select r.* from indicators.import i
        join indicators.result r on r.changed_in = i.publication and r.publication_to = i.publication
       where i.id = ${importId}`.execute(trx);
  const { rows } = await sql<{ found: string; closed: string }>`
    select (select count(*) from undone) as found, accepted as closed from indicators.import where id = ${importId}
  `.execute(trx);
  if (rows[0]?.found !== rows[0]?.closed) {
    throw new HubError('CONFLICT', 'a later publication has this result again');
  }
  await sql`
    update indicators.result r set changed_in = null
      from undone u where ${sameResult('r', 'u')} and r.publication_to = u.publication_to`.execute(trx);
  await sql`
    insert into indicators.result
      select (jsonb_populate_record(u, jsonb_build_object('publication_from', ${publication}::bigint,
        'publication_to', null, 'changed_in', ${publication}::bigint, 'corrects', false, 'is_unit', false,
        'suppressed', null))).*
        from undone u`.execute(trx);
  await rollUp(trx, groupsIn('undone'));
}
