import { expect, test } from 'vitest';
import { countStatements } from '../../../test/kit/statements.ts';
import { askIndicators } from '../fixtures/ask.ts';

const ask = await askIndicators();

/** What the lines of a scorecard answer, by commitment. */
async function lines(commitments: readonly string[], where: string, fields: string) {
  const representations = commitments
    .map((commitment) => `{ __typename: "CommitmentProof", id: "PROOF-${commitment}~${where}" }`)
    .join(' ');
  const { data, errors } = await ask(
    `{ _entities(representations: [${representations}]) { ... on CommitmentProof { ${fields} } } }`,
  );
  expect(errors).toBeUndefined();
  return data._entities;
}
const FIGURES =
  'figures { indicator { id commitments { id } } value network { id } territory { id } site { id } }';

const CORE = [1, 2, 3, 4, 5, 6, 7, 8].map((rank) => `COMMITMENT-E${rank}`);

interface Proven {
  indicator: { commitments: { id: string }[] };
}

/** What the lists by place say of one commitment: the same facts, asked another way. */
const proving = <T extends Proven>(list: T[], commitment: string): T[] =>
  list.filter(({ indicator }) => indicator.commitments.some(({ id }) => id === commitment));

test('of a territory: its figures, each under the commitments that its indicator proves', async () => {
  const { data } = await ask(
    `{ _entities(representations: [{ __typename: "Territory", id: "FR" }]) {
      ... on Territory { figures(network: "NET-crous") { indicator { id commitments { id } } value network { id } territory { id } site { id } } } } }`,
  );
  const whole = data._entities[0].figures;
  expect(whole.length).toBeGreaterThan(1);
  const found = await lines(CORE, 'NET-crous~FR', `${FIGURES} comparisons { period }`);
  for (const [index, commitment] of CORE.entries()) {
    expect(found[index].figures).toEqual(proving(whole, commitment));
    expect(found[index].comparisons).toBeNull();
  }
  const filled = found.filter(({ figures }: { figures: unknown[] }) => figures.length > 0);
  expect(filled.length).toBeGreaterThan(1);
});

test('of a site: its comparisons, and their local figures', async () => {
  const [line] = await lines(
    ['COMMITMENT-E6'],
    'NET-france-travail~SITE-bapaume',
    `${FIGURES} comparisons { indicator { id commitments { id } } local { value } gapToNational }`,
  );
  const { data } = await ask(
    `{ _entities(representations: [{ __typename: "Site", id: "SITE-bapaume" }]) {
      ... on Site { comparisons { indicator { id commitments { id } } local { value } gapToNational } } } }`,
  );
  const { comparisons }: { comparisons: (Proven & { local: { value: number } })[] } = data._entities[0];
  const expected = proving(comparisons, 'COMMITMENT-E6');
  expect(line.comparisons).toEqual(expected);
  expect(line.figures.map(({ value }: { value: number }) => value)).toEqual(
    expected.map(({ local }) => local.value),
  );
});

test('a scorecard costs four statements, whatever its lines', async () => {
  const all = await countStatements(() => lines(CORE, 'NET-crous~FR', FIGURES));
  // What proves what, the figures, their indicators, the commitments of these.
  expect(all.statements).toHaveLength(4);
});

test('a line that is none has no figures', async () => {
  const { data } = await ask(
    '{ _entities(representations: [{ __typename: "CommitmentProof", id: "PROOF-" }]) { ... on CommitmentProof { figures { value } } } }',
  );
  expect(data._entities).toEqual([{ figures: null }]);
});
