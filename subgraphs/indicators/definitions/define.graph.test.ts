import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { rollbackImport } from '../../../kernel/import/rollback.ts';
import { importText } from '../fixtures/import-text.ts';
import { DITP, HQ, newKey, OTHER_AGENT, OTHER_HQ, writersCountry } from '../fixtures/writers.ts';
import { indicatorsFeeds } from '../import/feeds.ts';
import { networkResults } from '../import/network-results.merge.ts';
import { spIndicators } from '../import/sp-indicators.merge.ts';
import { indicatorsWritten } from '../publication/written.ts';

const { database, owner, ask, define } = await writersCountry();
const UNDOABLE = new Map([...indicatorsFeeds, ...indicatorsWritten].map((feed) => [feed.name, feed]));
const rollback = (id: string) => rollbackImport(UNDOABLE, 'indicators', id, { databaseUrl: database.url });
const lastImport = async () =>
  (
    await sql<{
      id: string;
    }>`select id from indicators.import order by publication desc nulls last limit 1`.execute(owner)
  ).rows[0]?.id ?? '';
const MEANING = {
  network: 'NET-agences',
  userTitle: 'Premier paiement à temps',
  family: 'PERFORMANCE',
  unit: 'PERCENT',
  direction: 'HIGHER_IS_BETTER',
  frequency: 'ANNUAL',
  formula: 'RATIO',
  methods: 'Paiements à temps / paiements',
};
const make = (code: string, more: object = {}) =>
  define({ ...MEANING, code, title: `Titre ${code}`, ...more });
const versions = async (id: string) =>
  (await ask(HQ, `{ indicator(id: "${id}") { versions { version title validFrom methods } } }`)).data
    .indicator?.versions;
const codes = ({ userErrors }: { userErrors: { code: string; path: string[] }[] }) =>
  userErrors.map(({ code, path }) => `${code} ${path.slice(1).join('.')}`);

test('a headquarters defines an indicator of its network, which results and readers know at once', async () => {
  const done = await make('AG-PAIEMENT', {
    commitments: ['COMMITMENT-E4'],
    coreIndicator: 'IND-RESPECT_DELAI',
    comparability: 'CLOSE',
  });
  expect(done.errors).toBeUndefined();
  expect(done).toMatchObject({
    userErrors: [],
    indicator: {
      id: 'IND-AG-PAIEMENT',
      version: 1,
      revision: 1,
      network: { id: 'NET-agences' },
      commitments: [{ id: 'COMMITMENT-E4' }],
      coreIndicator: { id: 'IND-RESPECT_DELAI' },
      comparability: 'CLOSE',
    },
  });
});

test('other words are the same definition; another method is a new one, which breaks the series', async () => {
  await make('AG-SUITE', { commitments: ['COMMITMENT-E4'] });
  const id = 'IND-AG-SUITE';
  const reworded = await define({ ...MEANING, indicator: id, version: 1, title: 'Mieux dit' });
  expect(reworded.indicator).toMatchObject({
    version: 1,
    revision: 2,
    title: 'Mieux dit',
    commitments: [{ id: 'COMMITMENT-E4' }],
  });
  const redefined = await define({
    ...MEANING,
    indicator: id,
    version: 2,
    title: 'Mieux dit',
    methods: 'Autre calcul',
    validFrom: '2024-01-01',
  });
  expect(redefined.indicator).toMatchObject({ version: 2, revision: 3 });
  expect(await versions(id)).toEqual([
    { version: 1, title: 'Mieux dit', validFrom: null, methods: MEANING.methods },
    { version: 2, title: 'Mieux dit', validFrom: '2024-01-01', methods: 'Autre calcul' },
  ]);
  const earlier = { ...MEANING, indicator: id, version: 3, title: 'Mieux dit', validFrom: '2023-01-01' };
  expect(codes(await define({ ...earlier, methods: 'Encore' }))).toEqual(['BAD_VALID_FROM validFrom']);
  expect(codes(await define({ ...earlier, methods: 'Autre calcul' }))).toEqual([
    'NO_NEW_DEFINITION validFrom',
  ]);
});

test('two agents at once: one defines, the other is in conflict', async () => {
  await make('AG-COURSE');
  const input = { ...MEANING, indicator: 'IND-AG-COURSE', version: 1 };
  const both = await Promise.all([
    define({ ...input, title: 'Un' }),
    define({ ...input, title: 'Deux' }, OTHER_AGENT),
  ]);
  expect(both.map(({ error }) => error ?? 'done').sort()).toEqual(['CONFLICT', 'done']);
  expect(await define({ ...input, title: 'Trois' })).toMatchObject({ error: 'CONFLICT' });
  expect(await define({ ...input, version: null, title: 'Trois' })).toMatchObject({
    error: 'BAD_USER_INPUT',
  });
});

test('a request sent again makes one indicator', async () => {
  const idempotencyKey = newKey();
  const once = await make('AG-UNE-FOIS', { idempotencyKey });
  expect(await make('AG-UNE-FOIS', { idempotencyKey })).toEqual(once);
});

test('codes are checked, and given once; mistakes say where', async () => {
  expect(codes(await make('AG PAIEMENT'))).toEqual(['BAD_CODE code']);
  expect(codes(await make('12345'))).toEqual(['RESERVED_CODE code']);
  expect(codes(await make('SATISFACTION'))).toEqual(['CODE_TAKEN code']);
  await make('AG-PRIS');
  expect(codes(await make('IND-AG-PRIS', { title: 'Autre' }))).toEqual(['CODE_TAKEN code']);
  const wrong = { title: 'Titre AG-PRIS', formula: 'NET', commitments: ['COMMITMENT-E4', 'NET-caf'] };
  expect(codes(await make('AG-FAUX', wrong))).toEqual([
    'CONTRADICTORY_FORMULA formula',
    'TITLE_TAKEN title',
    'UNKNOWN_COMMITMENT commitments.1',
  ]);
  expect(codes(await make('AG-FAUX', { coreIndicator: 'IND-AG-PRIS', comparability: 'CLOSE' }))).toEqual([
    'UNKNOWN_INDICATOR coreIndicator',
  ]);
  expect(codes(await make('AG-FAUX', { coreIndicator: 'IND-SATISFACTION' }))).toEqual([
    'REQUIRED coreIndicator',
  ]);
  const same = { coreIndicator: 'IND-SATISFACTION', comparability: 'SAME_QUESTION' };
  expect(codes(await make('AG-FAUX', same))).toEqual(['NEEDS_REVIEW comparability']);
  expect(await ask(HQ, '{ indicator(id: "IND-AG-FAUX") { id } }')).toEqual({ data: { indicator: null } });
});

test('what DITP reviewed as the same question is close, once a headquarters asks another one', async () => {
  await make('AG-REVU');
  const same = { coreIndicator: 'IND-SATISFACTION', comparability: 'SAME_QUESTION' };
  const input = { ...MEANING, indicator: 'IND-AG-REVU', title: 'Titre AG-REVU' };
  expect((await define({ ...input, version: 1, ...same }, DITP)).indicator).toMatchObject({
    comparability: 'SAME_QUESTION',
    revision: 2,
  });
  expect((await define({ ...input, version: 2, userTitle: 'Autrement' })).indicator.comparability).toBe(
    'SAME_QUESTION',
  );
  expect((await define({ ...input, version: 3, methods: 'Autre' })).indicator.comparability).toBe('CLOSE');
});

test("the common core and other networks' indicators are as unknown ones for a headquarters; DITP defines both", async () => {
  await make('AG-A-MOI');
  const bytes = async (answer: Promise<{ error?: string | undefined; errors: unknown }>) => {
    const { error, errors } = await answer;
    expect(error).toBe('NOT_FOUND');
    return JSON.stringify(errors);
  };
  const other = (input: object) =>
    bytes(define({ ...MEANING, network: 'NET-caisses', title: 'Titre', version: 1, ...input }, OTHER_HQ));
  const unknown = await other({ indicator: 'IND-RIEN' });
  expect(await other({ indicator: 'IND-AG-A-MOI' })).toBe(unknown);
  expect(await other({ indicator: 'IND-SATISFACTION' })).toBe(unknown);
  const out = await other({ indicator: 'IND-AG-A-MOI', network: 'NET-agences' });
  expect(await other({ indicator: 'IND-AG-A-MOI', network: 'NET-nobody' })).toBe(out);
  expect(await other({ indicator: 'IND-SATISFACTION', network: null })).toBe(out);
  const core = { ...MEANING, network: null, code: 'TEST-COMMUN', title: 'Tronc commun de test' };
  expect((await define(core, DITP)).indicator).toMatchObject({ id: 'IND-TEST-COMMUN', network: null });
});

test('an export that comes again finds it by its code; both are undone from the last one back', async () => {
  await make('AG-EXPORT');
  const HEADER =
    'reseau;code;intitule_original_de_l_indicateur;intitule_usager_de_l_indicateur;type_d_indicateur;unite;sources_et_methodes';
  const row = (title: string, methods: string) =>
    importText(
      database.url,
      spIndicators,
      `${HEADER}\nagences;AG-EXPORT;${title};Premier paiement à temps;performance;%;${methods}`,
    );
  const same = await row('Titre AG-EXPORT', MEANING.methods);
  expect(same.merge).toMatchObject({ inserted: 0, updated: 0, unchanged: 1 });
  const reworded = await row('Titre réécrit', '');
  expect(reworded.merge).toMatchObject({ updated: 1 });
  const input = { ...MEANING, indicator: 'IND-AG-EXPORT' };
  // The import counts as a change: who read the indicator before must read it again.
  expect(await define({ ...input, version: 1, title: 'Dit par le réseau' })).toMatchObject({
    error: 'CONFLICT',
  });
  await define({
    ...input,
    version: 2,
    title: 'Dit par le réseau',
    methods: 'Autre',
    validFrom: '2024-01-01',
  });
  const written = await lastImport();
  await expect(rollback(reworded.importId ?? '')).rejects.toMatchObject({ code: 'CONFLICT' });
  await rollback(written);
  expect(await versions('IND-AG-EXPORT')).toMatchObject([{ version: 1, title: 'Titre réécrit' }]);
  await rollback(reworded.importId ?? '');
  expect(await versions('IND-AG-EXPORT')).toMatchObject([{ version: 1, title: 'Titre AG-EXPORT' }]);
});

test('a definition is undone with its commitments, unless a result was ever measured under it', async () => {
  await make('AG-INUTILE', { commitments: ['COMMITMENT-E4'] });
  await rollback(await lastImport());
  expect(await versions('IND-AG-INUTILE')).toBeUndefined();
  const links =
    await sql`select from indicators.indicator_commitment where indicator_id = 'IND-AG-INUTILE'`.execute(
      owner,
    );
  expect(links.rows).toHaveLength(0);
  await make('AG-UTILE');
  const written = await lastImport();
  const csv = 'reseau;site;indicateur;periode;valeur\nagences;SITE-a1;IND-AG-UTILE;2020;70';
  const { importId } = await importText(database.url, networkResults, csv);
  await expect(rollback(written)).rejects.toMatchObject({ code: 'CONFLICT' });
  await rollback(importId ?? '');
  // Its withdrawal can still be read.
  await expect(rollback(written)).rejects.toMatchObject({ code: 'CONFLICT' });
});
