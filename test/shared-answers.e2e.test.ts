import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { sha256 } from '../gateway/documents/store.ts';
import { send, startedDatabase, startHub, TEST_SECRET } from './kit/hub.ts';
import { createKey } from './kit/keys.ts';
import { type Running, runHub } from './kit/processes.ts';

/** Processes start and publications recompute figures, on a machine that may be busy with other tests. */
const PATIENT = { timeout: 180_000 };

/** Three gateways as processes of their own, on one database: none ever serves what is older than a publication. */
const database = await startedDatabase();
const hub = await startHub(database.url, { mode: 'apart' });
const NETWORK = 'NET-france-travail';
const [hq, moderator] = await Promise.all([
  createKey(database.url, { role: 'NETWORK_HQ', network: NETWORK }),
  createKey(database.url, { role: 'MODERATOR' }),
]);

const DOCUMENT = `query Watched($site: ID!, $testimony: ID!) {
  site(id: $site) { name results(period: "2016") { value } }
  node(id: $testimony) { ... on Testimony { title pseudonym } }
}
`;
const folder = await mkdtemp(join(tmpdir(), 'hub-shared-'));
await writeFile(join(folder, 'Watched.graphql'), DOCUMENT);

const environment = {
  DATABASE_URL: database.url,
  HUB_GATEWAY_SECRETS: TEST_SECRET,
  ...Object.fromEntries(
    Object.entries(hub.subgraphUrls).map(([name, url]) => [`HUB_SUBGRAPH_URL_${name.toUpperCase()}`, url]),
  ),
};
const processes = Array.from({ length: 3 }, () =>
  runHub(['serve', 'gateway', '--port', '0', '--documents', folder], environment),
);
afterAll(async () => {
  // Also one that still stands.
  for (const each of processes) each.signal('SIGCONT');
  await Promise.all(processes.map((each) => each.end()));
  await rm(folder, { recursive: true });
});
const gateways = await Promise.all(
  processes.map(async (each) => (await each.printed(/answers at (\S+)\/graphql/))[1] ?? ''),
);
const [first = '', second = '', third = ''] = gateways;

/** Runs a verb of the command line to its end. */
async function cli(...args: string[]): Promise<string> {
  const running: Running = runHub(args, { DATABASE_URL: database.url });
  // Ends by itself: no signal is sent that it would not survive.
  expect(await running.end('SIGCONT')).toBe(0);
  return running.output();
}

async function mutate(url: string, key: string, name: string, type: string, input: object, fields: string) {
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} userErrors { code message path } } }`;
  const { text } = await send(url, query, { input: { idempotencyKey: randomUUID(), ...input } }, { key });
  const { data, errors } = JSON.parse(text);
  expect(errors).toBeUndefined();
  expect(data[name].userErrors).toEqual([]);
  return data[name];
}

/** What a portal sees at one gateway: by GET of the document, and by POST of the same. */
interface Seen {
  value: number | undefined;
  title: string | undefined;
  pseudonym: string | null | undefined;
}

const read = (text: string): Seen => {
  const { data } = JSON.parse(text);
  const { title, pseudonym } = data.node ?? {};
  return { value: data.site.results[0]?.value, title, pseudonym };
};

const { site, testimony } = await subjects();
const variables = { site, testimony };
const path = `/q/${sha256(DOCUMENT)}?variables=${encodeURIComponent(JSON.stringify(variables))}`;
const get = async (url: string) => read(await (await fetch(`${url}${path}`)).text());
const post = async (url: string) => read((await send(url, DOCUMENT, variables)).text);

/** All that the gateways tell, each in both ways. */
const everywhere = () => Promise.all(gateways.flatMap((url) => [get(url), post(url)]));

async function subjects() {
  const query = `{ network(id: "${NETWORK}") { sites(first: 1) { nodes { id } } } testimonies(first: 1) { nodes { id } } }`;
  const { data } = JSON.parse((await send(hub.url, query)).text);
  return { site: data.network.sites.nodes[0].id, testimony: data.testimonies.nodes[0].id };
}

/** Readers that ask all gateways again and again, and hold each answer against what had been published before. */
function hammer(newest: () => number) {
  let going = true;
  const told = { answers: 0, stale: [] as string[] };
  const readers = [get, post].flatMap((ask) =>
    gateways.map(async (url) => {
      while (going) {
        await sleep(5);
        const least = newest();
        const { value = 0 } = await ask(url);
        told.answers += 1;
        if (value < least) told.stale.push(`${value} where ${least} was published`);
      }
    }),
  );
  return async () => {
    going = false;
    await Promise.all(readers);
    return told;
  };
}

const result = { network: NETWORK, indicator: 'IND-SATISFACTION', site, period: '2016' };
let version = 0;

test('a first publication, through one gateway, is seen at all', PATIENT, async () => {
  for (const seen of await everywhere()) expect(seen.value).toBeUndefined();
  const { draft } = await mutate(
    first,
    hq,
    'saveResultDraft',
    'SaveResultDraftInput',
    { network: NETWORK, title: 'Essai', results: [{ ...result, network: undefined, value: '50' }] },
    'draft { id version }',
  );
  const { publication } = await mutate(
    first,
    hq,
    'publishResults',
    'ResultDraftInput',
    { draft: draft.id, version: draft.version },
    'publication',
  );
  version = publication;
  for (const seen of await everywhere()) expect(seen.value).toBe(50);
});

test(
  'corrections one after the other, whichever gateway takes them, while all are asked',
  PATIENT,
  async () => {
    let published = 50;
    const stop = hammer(() => published);
    for (let round = 1; round <= 12; round += 1) {
      const value = 50 + round;
      const { result: corrected } = await mutate(
        gateways[round % 3] ?? '',
        hq,
        'correctResult',
        'CorrectResultInput',
        { ...result, version, value: String(value), reason: 'Erreur de saisie' },
        'result { figure { version } }',
      );
      published = value;
      version = corrected.figure.version;
      for (const seen of await everywhere()) expect(seen.value).toBe(value);
    }
    const told = await stop();
    expect(told.stale).toEqual([]);
    expect(told.answers).toBeGreaterThan(50);
  },
);

test(
  'a process that was stopped where it stood, and goes on, serves nothing that it had kept',
  PATIENT,
  async () => {
    for (let round = 0; round < 3; round += 1) {
      const before = (await everywhere()).map(({ value }) => value);
      processes[2]?.signal('SIGSTOP');
      const value = round + 10;
      const corrected = await mutate(
        first,
        hq,
        'correctResult',
        'CorrectResultInput',
        { ...result, version, value: String(value), reason: 'Erreur de saisie' },
        'result { figure { version } }',
      );
      version = corrected.result.figure.version;
      // On its way while the process stands still.
      const asked = [get(third), post(third)];
      processes[2]?.signal('SIGCONT');
      for (const seen of await Promise.all(asked)) expect(seen.value).toBe(value);
      for (const seen of await everywhere()) expect(seen.value).toBe(value);
      expect(before).not.toContain(value);
    }
  },
);

test('an import by the command line and its rollback', PATIENT, async () => {
  const file = join(folder, 'siege.csv');
  const id = site.slice('SITE-'.length);
  await writeFile(file, `site;indicateur;periode;valeur\n${id};IND-SATISFACTION;2016;99\n`);
  const before = (await get(first)).value;
  const report = await cli('import', 'network-results', file, '--network', NETWORK);
  expect(report).toContain('published as number');
  for (const seen of await everywhere()) expect(seen.value).toBe(99);
  const [, imported = ''] = /\(import ([\w-]+)\)/.exec(report) ?? [];
  await cli('imports', 'rollback', imported);
  for (const seen of await everywhere()) expect(seen.value).toBe(before);
});

test(
  'moderation takes a testimony back and publishes it again; erasure takes its author',
  PATIENT,
  async () => {
    const [{ title, pseudonym } = {}] = await everywhere();
    expect(title).toBeTypeOf('string');
    const moderated = `query ($id: ID!) { moderatedTestimony(id: $id) { version } }`;
    const versionOf = async (url: string) =>
      JSON.parse((await send(url, moderated, { id: testimony }, { key: moderator })).text).data
        .moderatedTestimony.version as number;
    const decide = async (url: string, name: string, type: string, more = {}) =>
      mutate(
        url,
        moderator,
        name,
        type,
        { id: testimony, version: await versionOf(url), ...more },
        'testimony { version }',
      );
    for (let round = 0; round < 3; round += 1) {
      await decide(first, 'withdrawTestimony', 'RejectTestimonyInput', { reason: 'DUPLICATE' });
      for (const seen of await everywhere()) expect(seen.title).toBeUndefined();
      await decide(second, 'reconsiderTestimony', 'ModerationInput');
      await decide(third, 'publishTestimony', 'ModerationInput');
      for (const seen of await everywhere()) expect(seen).toMatchObject({ title, pseudonym });
    }
    await cli('privacy', 'erase', '--testimony', testimony);
    for (const seen of await everywhere()) expect(seen).toMatchObject({ title, pseudonym: null });
  },
);

test(
  'names, definitions and places, which subgraphs keep, while others are asked all the time',
  PATIENT,
  async () => {
    const directory = database.connect('administrations', 'owner');
    const indicators = database.connect('indicators', 'owner');
    const query = `query ($n: Int, $site: ID!) {
      site(id: $site) { network { name } territory { name } comparisons(family: SATISFACTION) {
        indicator { userTitle } local { value } national { value } } }
      networks { id figures(indicator: "IND-SATISFACTION", level: REGION, period: "2016", first: $n) {
        totalCount nodes { territory { name } } } } }`;
    let asked = 0;
    // Other variables each time: no whole answer is kept that fits.
    const ask = async (url: string) => {
      asked += 1;
      const { data, errors } = JSON.parse((await send(url, query, { site, n: 1 + (asked % 100) })).text);
      expect(errors).toBeUndefined();
      const { network, territory, comparisons } = data.site;
      const of = data.networks.find(({ id }: { id: string }) => id === NETWORK);
      return {
        names: [
          network.name,
          territory.name,
          ...comparisons.map((one: { indicator: { userTitle: string } }) => one.indicator.userTitle),
        ],
        national: comparisons.map((one: { national: { value: number } | null }) => one.national?.value),
        places: of.figures.totalCount as number,
      };
    };
    let going = true;
    const others = gateways.map(async (url) => {
      while (going) await ask(url);
    });
    const [before] = await Promise.all(gateways.map(ask));
    for (let round = 1; round <= 6; round += 1) {
      const name = `Nom ${round}`;
      await sql`update directory.network set name = ${name} where id = ${NETWORK}`.execute(directory);
      await sql`update directory.territory set name = ${name} where id in (
        select commune_id from directory.site where id = ${site})`.execute(directory);
      await sql`update indicators.definition set user_title = ${name}`.execute(indicators);
      await sql`update indicators.figure set value = ${round} where territory_id = 'FR'`.execute(indicators);
      for (const { names, national } of await Promise.all(gateways.map(ask))) {
        expect(names.length).toBeGreaterThan(2);
        expect(new Set(names)).toEqual(new Set([name]));
        expect(new Set(national)).toEqual(new Set([round]));
      }
    }
    await sql`delete from indicators.figure where network_id = ${NETWORK} and level = 'REGION'`.execute(
      indicators,
    );
    for (const { places } of await Promise.all(gateways.map(ask))) expect(places).toBe(0);
    expect(before?.places).toBeGreaterThan(0);
    going = false;
    await Promise.all(others);
    expect(asked).toBeGreaterThan(50);
  },
);
