import { randomUUID } from 'node:crypto';
import { as, operation, request } from '../kit/http.ts';

/** What a mutation is about in one test. */
interface About {
  network: string;
  place: string;
  draft: string;
  version: number;
  period?: string;
  /** A number of the mode, so that two of them do not define the same. */
  mode: number;
}

const mutation = (name: string, type: string, input: (about: About) => object, fields = '') => ({
  document: `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} userErrors { code message path } } }`,
  input,
});

const INDICATOR = 'IND-SATISFACTION';
const result = ({ network, place, period = '2010', version }: About) => ({
  ...{ network, indicator: INDICATOR, structure: place, period, version, reason: 'Essai' },
});

/**
 * Mutations with an input that does what it asks, one after the other; all others are sent what their input's type
 * says (see `mutations.e2e.test.ts`).
 */
export const MUTATIONS = {
  wordCommitment: mutation('wordCommitment', 'WordCommitmentInput', ({ network, mode }) => ({
    ...{ network, commitment: `COMMITMENT-E${mode + 5}`, wording: 'Sous quinze jours', version: 0 },
  })),
  defineIndicator: mutation('defineIndicator', 'DefineIndicatorInput', ({ network, mode }) => ({
    ...{
      network,
      code: `SAFETY-${mode}`,
      title: `Essai ${mode}`,
      userTitle: 'Essai',
      family: 'SATISFACTION',
      unit: 'PERCENT',
    },
    ...{ direction: 'HIGHER_IS_BETTER', frequency: 'ANNUAL' },
  })),
  saveResultDraft: mutation(
    'saveResultDraft',
    'SaveResultDraftInput',
    ({ network, place, period = '2010' }) => ({
      ...{
        network,
        title: 'Essai',
        results: [{ indicator: INDICATOR, structure: place, period, value: '50' }],
      },
    }),
  ),
  publishResults: mutation(
    'publishResults',
    'ResultDraftInput',
    ({ draft, version }) => ({ draft, version }),
    'publication',
  ),
  discardResultDraft: mutation('discardResultDraft', 'ResultDraftInput', ({ draft, version }) => ({
    draft,
    version,
  })),
  correctResult: mutation('correctResult', 'CorrectResultInput', (about) => ({
    ...result(about),
    value: '51',
  })),
  withdrawResult: mutation('withdrawResult', 'WithdrawResultInput', result),
};

/** Saves a draft as a headquarters. */
export async function save(
  url: string,
  key: string,
  network: string,
  structure: string,
  title: string,
  period: string,
): Promise<{ id: string; version: number }> {
  const results = [{ indicator: INDICATOR, structure, period, value: '50' }];
  const input = { idempotencyKey: randomUUID(), network, title, results };
  const document =
    'mutation ($input: SaveResultDraftInput!) { saveResultDraft(input: $input) { draft { id version } userErrors { code } } }';
  const { text } = await request(url, as(key, operation(document, { input })));
  const draft = JSON.parse(text).data?.saveResultDraft?.draft;
  if (!draft) throw new Error(text);
  return draft;
}
