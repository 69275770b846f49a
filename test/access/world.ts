import { ask } from '../kit/hub.ts';
import { type Caller, type Keys, OTHER_NETWORK, OWN_NETWORK } from '../kit/roles.ts';
import { NETWORKS, type Views } from './samples.ts';

/** What callers ask about in the tests, by placeholder. */
export type World = (caller: Caller) => Views;

/** Where headquarters publish. */
const STRUCTURES = {
  [OWN_NETWORK]: ['STR-DEMO-caf-62', 'STR-DEMO-caf-02'],
  [OTHER_NETWORK]: ['STR-DEMO-cpam-62'],
};

/** Id of a draft that nobody made. */
export const NOBODY = 'DRAFT-00000000-0000-4000-8000-000000000000';

interface Draft {
  id: string;
  version: number;
}

/**
 * Writes as two headquarters, so that there is something to be kept from others: drafts, results, and the audit of
 * all that. Those who may write get drafts and results of their own, so that nobody finds what another did.
 *
 * @param placed what else may be asked about (see `placeRows`)
 */
export async function openWorld(url: string, keys: Keys, placed: Views): Promise<World> {
  let count = 0;
  const write = async <Data extends { userErrors?: readonly unknown[] }>(
    key: string,
    mutation: string,
    type: string,
    input: object,
  ): Promise<Data> => {
    count += 1;
    const { data, errors } = await ask<{ done: Data }>(
      url,
      `mutation ($input: ${type}!) { done: ${mutation} }`,
      { input: { idempotencyKey: `world-${String(count).padStart(4, '0')}`, ...input } },
      { key },
    );
    if (errors || data.done.userErrors?.length) throw new Error(JSON.stringify({ mutation, data, errors }));
    return data.done;
  };
  const save = async (
    network: keyof typeof STRUCTURES,
    periods: readonly string[],
    indicator = 'IND-SATISFACTION',
  ) => {
    const results = STRUCTURES[network].flatMap((structure) =>
      periods.map((period) => ({ indicator, structure, period, value: '50' })),
    );
    const saved = await write<{ draft: Draft; userErrors?: unknown[] }>(
      network === OWN_NETWORK ? keys.NETWORK_HQ : keys.OTHER_HQ,
      'saveResultDraft(input: $input) { draft { id version } }',
      'SaveResultDraftInput',
      { network, title: 'Essai', results },
    );
    return saved.draft;
  };
  /** Drafts to write on: nobody but the one who asks has changed them. */
  const drafts = async (periods: readonly string[]) => ({
    own: (await save(OWN_NETWORK, periods)).id,
    other: (await save(OTHER_NETWORK, periods)).id,
    unknown: NOBODY,
  });
  const published = async (years: readonly string[]) => {
    const draft = await save(OWN_NETWORK, years);
    return write<{ publication: number; userErrors: unknown[] }>(
      keys.NETWORK_HQ,
      'publishResults(input: $input) { publication userErrors { code message path } }',
      'ResultDraftInput',
      { draft: draft.id, version: draft.version },
    );
  };
  const worded = { commitment: 'COMMITMENT-E3', wording: 'Essai', version: 0 };
  for (const [key, network] of [
    [keys.NETWORK_HQ, OWN_NETWORK],
    [keys.OTHER_HQ, OTHER_NETWORK],
  ] as const)
    await write(key, 'wordCommitment(input: $input) { userErrors { code } }', 'WordCommitmentInput', {
      network,
      ...worded,
    });
  // One with a problem, so that there is one to read.
  const read = {
    own: (await save(OWN_NETWORK, ['2014'], 'IND-NONE')).id,
    other: (await save(OTHER_NETWORK, ['2014'], 'IND-NONE')).id,
    unknown: NOBODY,
  };
  const { publication } = await published(['2016', '2015']);
  const ofWriter = async (name: string, year: string, nth: number) => ({
    discarded: await drafts([year]),
    published: await drafts([year]),
    structure: always(STRUCTURES[OWN_NETWORK]?.[nth] ?? ''),
    publication: always(String(publication)),
    code: always(`MATRIX-${name}`),
  });
  const writers = {
    DITP: { ...(await ofWriter('DITP', '2013', 0)), commitment: always('COMMITMENT-E1') },
    NETWORK_HQ: { ...(await ofWriter('HQ', '2012', 1)), commitment: always('COMMITMENT-E2') },
  };
  return (caller) => ({
    ...NETWORKS,
    ...placed,
    draft: read,
    ...writers[caller === 'DITP' ? 'DITP' : 'NETWORK_HQ'],
  });
}

/** The same under every view. */
function always(value: string) {
  return { own: value, other: value, unknown: value };
}
