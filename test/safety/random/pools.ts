import { ask } from '../../kit/hub.ts';
import { type Caller, type Keys, OTHER_NETWORK, OWN_NETWORK } from '../../kit/roles.ts';
import { EMBARGO, OTHER_PLACE, OWN_PLACE } from '../kit/world.ts';
import type { Pools } from './values.ts';

/** In the title of a draft of each headquarters: nobody else may be sent it, but for those above all networks. */
const OWN_DRAFT = 'DRAFT7302';
const OTHER_DRAFT = 'DRAFT7303';

/** What each caller must never be sent: what nobody published, and drafts out of their reach. */
function secretsFrom(caller: Caller): string[] {
  if (caller === 'DITP') return [EMBARGO];
  return caller === 'NETWORK_HQ' ? [EMBARGO, OTHER_DRAFT] : [EMBARGO, OWN_DRAFT, OTHER_DRAFT];
}

/** Lists whose cursors are handed on, whatever list asks for one. */
const LISTS = `{ sites(first: 2) { ...S } territories(first: 2) { pageInfo { endCursor } }
  structures(first: 2) { pageInfo { endCursor } } indicators(first: 2) { pageInfo { endCursor } }
  procedures(first: 1) { pageInfo { endCursor } } testimonies(first: 1) { pageInfo { endCursor } }
  labels(first: 1) { pageInfo { endCursor } } impacts(first: 1) { pageInfo { endCursor } }
  actionPlans(first: 1) { pageInfo { endCursor } } simplificationReports(first: 1) { pageInfo { endCursor } }
  changes(since: "2020-01-01T00:00:00Z") { results(first: 1) { pageInfo { endCursor } } } }
  fragment S on SiteConnection { nodes { id } pageInfo { endCursor } }`;

const SAVE = `mutation ($input: SaveResultDraftInput!) {
  saveResultDraft(input: $input) { draft { id } userErrors { code } } }`;

/** What random operations can be about in this run: two drafts are made for it. */
export async function poolsOf(
  url: string,
  keys: Keys,
): Promise<{ pools: Pools; secretsFrom: typeof secretsFrom }> {
  const save = async (key: string, network: string, structure: string, title: string) => {
    const results = [{ indicator: 'IND-SATISFACTION', structure, period: '2014', value: '50' }];
    const input = { idempotencyKey: `random-${network}`, network, title, results };
    const { data, errors } = await ask<{ saveResultDraft: { draft: { id: string } } }>(
      url,
      SAVE,
      { input },
      { key },
    );
    if (errors) throw new Error(JSON.stringify(errors));
    return data.saveResultDraft.draft.id;
  };
  const drafts = [
    await save(keys.NETWORK_HQ, OWN_NETWORK, OWN_PLACE, OWN_DRAFT),
    await save(keys.OTHER_HQ, OTHER_NETWORK, OTHER_PLACE, OTHER_DRAFT),
  ];
  const lists = JSON.stringify((await ask(url, LISTS)).data);
  const all = (name: string) =>
    [...lists.matchAll(new RegExp(`"${name}":"([^"]+)"`, 'g'))].flatMap(([, found]) => found ?? []);
  return { pools: { cursors: all('endCursor'), ids: [...drafts, ...all('id')] }, secretsFrom };
}
