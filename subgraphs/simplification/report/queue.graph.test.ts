import { afterAll, expect, test } from 'vitest';
import type { Viewer } from '../../../kernel/viewer.ts';
import { countStatements } from '../../../test/kit/statements.ts';
import { ANALYST, DITP, HQ, OTHER_HQ, openWorkshop, PORTAL, REFERENT } from '../rewrite/fixtures/workshop.ts';

const { subgraph, ask, receive } = await openWorkshop();
afterAll(() => subgraph.close());

const QUEUE = `query ($n: ID, $f: SimplificationReportFilter, $s: Int, $a: String) {
  reportsToTriage(network: $n, filter: $f, first: $s, after: $a) { totalCount
    nodes { id receivedOn version possibleSteps comment isPublic rewrites { number } } pageInfo { endCursor hasNextPage } } }`;
const queue = async (as: Viewer, variables: object = {}) => {
  const { data, errors } = await ask(as, QUEUE, { ...variables });
  return errors ? { error: errors[0].extensions.code } : data.reportsToTriage;
};
const idsOf = async (as: Viewer, variables: object = {}) =>
  (await queue(as, variables)).nodes.map(({ id }: { id: string }) => id);

const old = await receive({ received_on: '2025-06-01' });
const paris = await receive({ received_on: '2025-07-01', structure_id: 'STR-caf-75' });
const recent = await receive({ received_on: '2026-01-05' });
const triaged = await receive({ received_on: '2025-01-05', status: 'TRIAGED', triaged_on: '2025-02-01' });
const theirs = await receive({ network_id: 'NET-france-travail', structure_id: 'STR-ft-bapaume' });

test('what waits, oldest first, with what those who work on it need', async () => {
  expect((await queue(HQ)).nodes[0]).toEqual({
    id: old,
    receivedOn: '2025-06-01',
    version: 1,
    possibleSteps: ['TRIAGE', 'DECLINE'],
    comment: 'Je ne comprends pas.',
    isPublic: false,
    rewrites: [],
  });
  expect(await idsOf(HQ)).toEqual([old, paris, recent]);
});

test.each<[string, Viewer, object, string[]]>([
  ['another network', OTHER_HQ, {}, [theirs]],
  ['a network out of reach', OTHER_HQ, { n: 'NET-caf' }, []],
  ['a network that is not', HQ, { n: 'NET-none' }, []],
  ['the referent, below the own structure', REFERENT, {}, [old, recent]],
  ['DITP, everywhere', DITP, {}, [old, paris, recent, theirs]],
  ['DITP, in a network', DITP, { n: 'NET-caf' }, [old, paris, recent]],
  ['a territory', HQ, { f: { territory: 'DEP-75' } }, [paris]],
  ['other states', HQ, { f: { status: ['TRIAGED', 'RECEIVED'] } }, [triaged, old, paris, recent]],
])('%s', async (_case, as, variables, ids) => {
  expect(await idsOf(as, variables)).toEqual(ids);
});

test('not for those who do not work on reports', async () => {
  expect(await queue(PORTAL)).toEqual({ error: 'FORBIDDEN' });
  expect(await queue(ANALYST)).toEqual({ error: 'FORBIDDEN' });
});

test('pages follow one another and cost the same statements', async () => {
  const one = await countStatements(() => queue(HQ, { s: 1 }));
  const all = await countStatements(() => queue(HQ, { s: 100 }));
  expect(one.statements.length).toBe(all.statements.length);
  const { endCursor, hasNextPage } = one.result.pageInfo;
  expect(hasNextPage).toBe(true);
  expect(await idsOf(HQ, { s: 5, a: endCursor })).toEqual([paris, recent]);
  expect(await queue(HQ, { s: 5, a: endCursor, n: 'NET-caf' })).toEqual({ error: 'BAD_USER_INPUT' });
});
