import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { ANONYMOUS } from '../../../kernel/viewer.ts';
import { askOf } from '../../../test/kit/ask.ts';
import { countStatements } from '../../../test/kit/statements.ts';
import type { Verb } from '../report/step.ts';
import { HQ, OTHER_HQ, openWorkshop } from '../rewrite/fixtures/workshop.ts';

const { owner, subgraph, ask, receive, step, through, outcome, write, read } = await openWorkshop();
afterAll(() => subgraph.close());

const WAY: readonly Verb[] = ['triage', 'startRewrite', 'saveRewrite', 'recordUserTest', 'disseminate'];
const publish = (id: string, version: number, title = 'Un avis plus clair', as = HQ) =>
  write(as, 'publishBeforeAfter', 'PublishBeforeAfterInput', { id, version, title }, 'report { version }');
const withdraw = (id: string, version: number) =>
  write(HQ, 'withdrawBeforeAfter', 'WithdrawBeforeAfterInput', { id, version }, 'report { version }');
/** A report that the gallery shows. */
const show = async (more: object = {}) => {
  const id = await receive(more);
  await publish(id, await through(id, ...WAY), `Avis de ${id}`);
  return id;
};
const shown = async (filter: object = {}) =>
  (
    await ask(
      ANONYMOUS,
      'query ($f: BeforeAfterFilter) { beforeAfter(filter: $f) { totalCount nodes { title } } }',
      {
        f: filter,
      },
    )
  ).data.beforeAfter;

test('before and after, with what was measured, once the network shows it', async () => {
  const id = await receive({ received_on: '2026-01-05' });
  const version = await through(id, ...WAY);
  expect(await shown()).toEqual({ totalCount: 0, nodes: [] });
  expect(outcome(await publish(id, version, 'Un avis plus clair', OTHER_HQ))).toBe('NOT_FOUND');
  expect(outcome(await publish(id, version))).toBe('done');
  const [key] = [`REWRITE-${id.slice(4)}-1`];
  const { data } = await ask(
    ANONYMOUS,
    `{ beforeAfterOf(id: "${key}") { id title kind problems before after experts testers understoodShare completedShare
       days receivedOn disseminatedOn publishedOn criteria { criterion before after } report { id } network { id }
       structure { id } site { id } document { id }
       readabilityBefore { score words sentences } readabilityAfter { score lix words syllables longWords
         wordsPerSentence syllablesPerWord longWordsPercent formula } } }`,
  );
  const { disseminated_on } = await read(id);
  expect(data.beforeAfterOf).toEqual({
    id: key,
    title: 'Un avis plus clair',
    kind: 'LETTER',
    problems: ['JARGON'],
    before: 'Nonobstant la réglementation en vigueur.',
    after: 'Malgré la règle.',
    experts: [],
    testers: 8,
    understoodShare: 0.875,
    completedShare: 0.75,
    days: (Date.parse(disseminated_on ?? '') - Date.parse('2026-01-05')) / 86_400_000,
    receivedOn: '2026-01-05',
    disseminatedOn: disseminated_on,
    publishedOn: disseminated_on,
    criteria: ['SENTENCES', 'VOCABULARY', 'ORDER', 'LAYOUT'].map((criterion) => ({
      criterion,
      before: 1,
      after: 3,
    })),
    report: { id },
    network: { id: 'NET-caf' },
    structure: { id: 'STR-caf-62' },
    site: null,
    document: null,
    // No-nob-stant la ré-gle-men-ta-tion en vi-gueur: 12 syllables, 5 words.
    readabilityBefore: { score: 25.29, words: 5, sentences: 1 },
    // Mal-gré la règle: 4 syllables, 3 words.
    readabilityAfter: {
      score: 105.82,
      lix: 3,
      words: 3,
      syllables: 4,
      longWords: 0,
      wordsPerSentence: 3,
      syllablesPerWord: 1.33,
      longWordsPercent: 0,
      formula: '207 − 1.015 × words / sentences − 73.6 × syllables / words',
    },
  });
  expect(await withdraw(id, version + 1)).toMatchObject({ report: { version: version + 2 } });
  expect(await shown()).toEqual({ totalCount: 0, nodes: [] });
  expect(outcome(await withdraw(id, version + 2))).toBe('NOT_PUBLISHED');
});

test('what is not in use, not public or has no text is not shown', async () => {
  const id = await receive();
  const untested = await through(id, 'triage', 'startRewrite', 'saveRewrite', 'recordUserTest');
  expect(outcome(await publish(id, untested))).toBe('NOT_DISSEMINATED');
  const hidden = await receive();
  await step('triage', hidden, 1, { publish: false });
  expect(outcome(await publish(hidden, await through(hidden, ...WAY.slice(1))))).toBe('NOT_PUBLIC');
  const days = { tested_on: '2026-02-01', disseminated_on: '2026-03-01', published: true };
  const imported = await receive({ status: 'DISSEMINATED', ...days });
  expect(outcome(await publish(imported, 1))).toBe('NOT_REWRITTEN');
  expect(outcome(await publish(imported, 1, ' '))).toBe('REQUIRED');
});

test('the gallery is filtered, and hangs under networks, structures, sites and territories', async () => {
  const arras = await show({ site_id: 'SITE-caf-62', problems: ['TOO_LONG'] });
  const paris = await show({ structure_id: 'STR-caf-75', kind: 'FORM' });
  const titles = (...ids: string[]) => ids.map((id) => ({ title: `Avis de ${id}` }));
  for (const [filter, ids] of [
    [{}, [paris, arras]],
    [{ network: 'NET-france-travail' }, []],
    [{ structure: 'STR-caf' }, [paris, arras]],
    [{ site: 'SITE-caf-62' }, [arras]],
    [{ territory: 'DEP-75' }, [paris]],
    [{ kinds: ['FORM'] }, [paris]],
    [{ problems: ['TOO_LONG'] }, [arras]],
    [{ publishedTo: '2020-01-01' }, []],
    [{ publishedFrom: '2020-01-01' }, [paris, arras]],
  ] as const) {
    expect(await shown(filter)).toEqual({ totalCount: ids.length, nodes: titles(...ids) });
  }
  const under = `... on Network { beforeAfter { totalCount } } ... on Structure { beforeAfter { totalCount } }
    ... on Site { beforeAfter { totalCount } } ... on Territory { beforeAfter { totalCount } }`;
  const places = [
    ['Network', 'NET-caf', 2],
    ['Structure', 'STR-caf-62', 1],
    ['Site', 'SITE-caf-62', 1],
    ['Territory', 'REG-11', 1],
  ] as const;
  const { data } = await askOf(
    subgraph,
    `query ($r: [_Any!]!) { _entities(representations: $r) { ${under} } }`,
    { r: places.map(([__typename, id]) => ({ __typename, id })) },
  );
  expect(
    data._entities.map((entity: { beforeAfter: { totalCount: number } }) => entity.beforeAfter.totalCount),
  ).toEqual(places.map(([, , count]) => count));
});

test('pages follow one another, and cost the same statements whatever they hold', async () => {
  await show();
  const page = (first: number, after: string | null) =>
    ask(
      ANONYMOUS,
      `query ($a: String, $n: Int) { beforeAfter(first: $n, after: $a) { totalCount nodes { title readabilityAfter { score }
         report { status } } pageInfo { endCursor hasNextPage } } }`,
      { a: after, n: first },
    );
  const one = await countStatements(() => page(1, null));
  const many = await countStatements(() => page(100, null));
  expect(many.result.data.beforeAfter.nodes.length).toBeGreaterThan(2);
  expect([one.statements.length, many.statements.length]).toEqual([3, 3]);
  const { endCursor } = one.result.data.beforeAfter.pageInfo;
  const next = await page(100, endCursor);
  expect([...one.result.data.beforeAfter.nodes, ...next.data.beforeAfter.nodes]).toEqual(
    many.result.data.beforeAfter.nodes,
  );
});

test('the public role reads neither drafts of texts nor what testers said', async () => {
  const { rows } = await sql<{ seen: boolean }>`
    select bool_or(has_table_privilege('simplification_public', 'simplification.' || name, 'select')) as seen
      from unnest(array['rewrite', 'user_test', 'report', 'document']) as name`.execute(owner);
  expect(rows).toEqual([{ seen: false }]);
});

test('any text can be measured', async () => {
  const { data, errors } = await ask(
    ANONYMOUS,
    'query ($t: String!) { readability(text: $t) { score words } }',
    {
      t: 'Vous payez en mai.',
    },
  );
  expect(errors).toBeUndefined();
  expect(data.readability).toEqual({ score: 110.94, words: 4 });
  const long = await ask(ANONYMOUS, 'query ($t: String!) { readability(text: $t) { score } }', {
    t: 'a'.repeat(20_001),
  });
  expect(long.errors[0].extensions.code).toBe('BAD_USER_INPUT');
});
