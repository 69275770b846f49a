import { describe, expect, test } from 'vitest';
import { readConfig } from '../../../kernel/config.ts';
import { asking } from '../../../test/kit/ask.ts';
import { testDatabase } from '../../../test/kit/database.ts';
import { countStatements } from '../../../test/kit/statements.ts';
import { seedTestimonies } from '../fixtures/seed.ts';
import { openTestimonies } from '../server.ts';

const LONG = `${'Il ne se passe rien ici. '.repeat(30)}Puis la réclamation est arrivée au guichet. ${'Rien encore. '.repeat(40)}Une réclamation.`;

const database = await testDatabase();
await seedTestimonies(database.connect('testimonies', 'owner'), [
  {
    id: 'TEM-1',
    title: "L'accueil était agréable",
    body: "J’ai été reçue à l'Œuvre. <b>Réclamations</b> & portes fermées !",
  },
  { id: 'TEM-2', title: 'Sans rapport', body: LONG },
]);
const { ask } = asking(await openTestimonies(readConfig({}), database.url));

type Fragments = { text: string; matched: boolean }[];
const highlights = async (
  id: string,
  search: string,
): Promise<Record<'title' | 'body' | 'extract', Fragments>> => {
  const { data, errors } = await ask(
    `query ($id: ID!, $search: String!) { testimony(id: $id) { highlights(search: $search) {
       title { text matched } body { text matched } extract { text matched } } } }`,
    { id, search },
  );
  expect(errors).toBeUndefined();
  return data.testimony.highlights;
};
const matched = (fragments: Fragments) => fragments.filter((one) => one.matched).map(({ text }) => text);
const whole = (fragments: Fragments) => fragments.map(({ text }) => text).join('');

describe('the words found are', () => {
  test.each([
    ['accueil', ['accueil'], []],
    ['AGREABLE', ['agréable'], []],
    ['agréables', ['agréable'], []],
    ['recla', [], ['Réclamations']],
    ['réclamation porte', [], ['Réclamations', 'portes']],
    ['porter', [], ['portes']],
    ["j'ai reçu", [], ['reçue']],
    ['oeuvre', [], ['Œuvre']],
    ['de l accueil', ['accueil'], []],
    ['b', [], ['b', 'b']],
    ['inconnu', [], []],
    ["porte' | (accueil & ! :*", ['accueil'], ['portes']],
  ])('of « %s »', async (search, title, body) => {
    const found = await highlights('TEM-1', search);
    expect(matched(found.title)).toEqual(title);
    expect(matched(found.body)).toEqual(body);
    expect(whole(found.title)).toBe("L'accueil était agréable");
    expect(whole(found.body)).toBe("J’ai été reçue à l'Œuvre. <b>Réclamations</b> & portes fermées !");
  });
});

test('an extract holds most of the words, cut between words', async () => {
  const { body, extract } = await highlights('TEM-2', 'réclamation guichet');
  expect(whole(body)).toBe(LONG);
  expect(matched(body)).toEqual(['réclamation', 'guichet', 'réclamation']);
  expect(matched(extract)).toEqual(['réclamation', 'guichet']);
  const text = whole(extract);
  expect(text.length).toBeLessThan(250);
  expect(text).toMatch(/^… \S.*Puis la réclamation est arrivée au guichet\..*\S …$/);
  expect(LONG).toContain(text.slice(2, -2));
});

test('without a word found an extract is the beginning', async () => {
  const { extract } = await highlights('TEM-2', 'inconnu');
  expect(matched(extract)).toEqual([]);
  expect(whole(extract)).toMatch(/^Il ne se passe rien .* …$/);
});

test('what is highlighted is what is found: the words of a page take one statement', async () => {
  const query = `query ($search: String!) { testimonies(filter: { search: $search }) { nodes {
    id highlights(search: $search) { title { matched } body { matched } } } } }`;
  const { result, statements } = await countStatements(() => ask(query, { search: 'réclamation' }));
  const nodes: { id: string; title: unknown; highlights: { body: { matched: boolean }[] } }[] =
    result.data.testimonies.nodes;
  expect(nodes.map(({ id }) => id)).toEqual(['TEM-2', 'TEM-1']);
  expect(nodes.every(({ highlights: { body } }) => body.some((one) => one.matched))).toBe(true);
  expect(statements).toHaveLength(2);
});

test.each(['', '!?', 'a'.repeat(201), 'a\u0000b'])('"%s" is no search', async (search) => {
  const { errors } = await ask(
    'query ($s: String!) { testimony(id: "TEM-1") { highlights(search: $s) { title { text } } } }',
    { s: search },
  );
  expect(errors[0].extensions.code).toBe('BAD_USER_INPUT');
});
