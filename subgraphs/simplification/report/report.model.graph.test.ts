import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { expectWorkflow } from '../../../test/kit/workflow-model.ts';
import { openWorkshop } from '../rewrite/fixtures/workshop.ts';
import { reportWorkflow } from './report.workflow.ts';
import type { Verb } from './step.ts';

const { owner, subgraph, receive, step, through, outcome, read } = await openWorkshop();
afterAll(() => subgraph.close());

/** Sent more often than others, so that walks come far. */
const FORWARD: readonly Verb[] = ['triage', 'startRewrite', 'recordUserTest', 'disseminate'];

/** The last version of the text of a report, written here when there is none yet: a test is of a text. */
async function lastText(id: string): Promise<number> {
  await sql`
    insert into simplification.rewrite (network_id, report_id, number, before, after, written_on, sentences_before,
        sentences_after, vocabulary_before, vocabulary_after, order_before, order_after, layout_before, layout_after)
      values ('NET-caf', ${id}, 1, 'a', 'b', '2026-01-06', 0, 1, 0, 1, 0, 1, 0, 1)
      on conflict do nothing`.execute(owner);
  const { rows } = await sql<{ number: number }>`
    select max(number)::int as number from simplification.rewrite where report_id = ${id}`.execute(owner);
  return rows[0]?.number ?? 0;
}

test('a report goes through its workflow and no other way, whatever is sent, in turn or at once', async () => {
  await expectWorkflow(
    reportWorkflow,
    {
      begin: () => receive(),
      send: async (id, verb, version) => {
        const more = verb === 'recordUserTest' ? { rewrite: await lastText(id) } : {};
        return outcome(await step(verb, id, version, more));
      },
      read: async (id) => {
        const { status, version } = await read(id);
        return { state: status, version };
      },
    },
    [...(Object.keys(reportWorkflow.steps) as Verb[]), ...Array(8).fill(FORWARD).flat()],
  );
}, 120_000);

test('once disseminated, nothing more is done to it', async () => {
  const id = await receive();
  const version = await through(id, 'triage', 'startRewrite', 'saveRewrite', 'recordUserTest', 'disseminate');
  for (const verb of Object.keys(reportWorkflow.steps) as Verb[]) {
    expect(outcome(await step(verb, id, version))).toBe('IMPOSSIBLE_TRANSITION');
  }
  expect(await read(id)).toMatchObject({ status: 'DISSEMINATED', version });
});
