import { sql } from 'kysely';
import { afterAll, test } from 'vitest';
import { expectWorkflow } from '../../../test/kit/workflow-model.ts';
import { openDesk } from './fixtures/desk.ts';
import { sessionWorkflow } from './session.workflow.ts';
import type { SessionRow } from './tables.ts';

const desk = await openDesk();
afterAll(() => desk.subgraph.close());

test('random commands on a session end where the workflow says', async () => {
  await expectWorkflow(sessionWorkflow, {
    begin: async () => (await desk.plan()).id,
    send: async (id, verb, version) => {
      const answer = await {
        open: () => desk.step('openTestSession', id, version),
        hold: () => desk.hold(id, version),
        publish: () => desk.step('publishTestSession', id, version),
        cancel: () => desk.cancel(id, version),
      }[verb]();
      return answer.error ?? answer.userErrors[0]?.code ?? 'done';
    },
    read: async (id) => {
      const { rows } = await sql<Pick<SessionRow, 'state' | 'version'>>`
        select state, version from simplification.test_session where id = ${id}`.execute(desk.owner);
      if (!rows[0]) throw new Error(`No session ${id}.`);
      return rows[0];
    },
  });
});
