import { type GraphQLField, getNamedType } from 'graphql';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../kernel/config.ts';
import { INTERNAL, PUBLIC } from '../access/contracts.ts';
import { readMatrix } from '../access/matrix.ts';
import { inputOf, makingOf } from '../access/mutations.ts';
import { placeRows } from '../access/placed.ts';
import { fill, NETWORKS, type View, type Views } from '../access/samples.ts';
import { startedDatabase, startHub } from '../kit/hub.ts';
import { rolesOf } from '../kit/roles.ts';
import { as, errorsOf, type Got, operation, refusalOf, request } from './kit/http.ts';
import { leakIn } from './kit/leak.ts';
import { workOf } from './kit/work.ts';
import { META } from './tables/arguments.ts';
import { MUTATION_TEXTS } from './tables/mutation-texts.ts';
import { MUTATIONS } from './tables/mutations.ts';

/** Every mutation that only roles have, sent over HTTP by those who own its scope for one network only. */
const database = await startedDatabase();
const keys = await rolesOf(database.url);
const { url } = await startHub(database.url, {
  gateway: { costs: { ...readConfig({}).costs, perMinute: 0 } },
});
const placed: Views = { ...NETWORKS, ...(await placeRows(database.url)) };

type Mutation = GraphQLField<unknown, unknown>;
const BOUND = ['LOCAL_REFERENT', 'SUPER_AGENT', 'NETWORK_HQ'] as const;
type Bound = (typeof BOUND)[number];

/** Results, their drafts and indicators are in `rights.e2e.test.ts`: what they need is not in their input's types. */
const ELSEWHERE = [
  'defineIndicator',
  'correctResult',
  'discardResultDraft',
  'publishResults',
  'saveResultDraft',
  'withdrawResult',
];
const matrix = readMatrix();

/** What a role may do in a part of the graph: change what exists, and make what is new. */
function waysOf(caller: Bound): { name: string; mutation: Mutation; input: object }[] {
  const mutations = Object.values(INTERNAL.getMutationType()?.getFields() ?? {}).filter(
    ({ name }) =>
      ['own', 'nothing'].includes(matrix.get(`Mutation.${name}`)?.[caller] ?? '') &&
      !ELSEWHERE.includes(name),
  );
  return mutations.flatMap((mutation) => {
    const { name } = mutation;
    const making = makingOf(mutation);
    return [
      { name, mutation, input: inputOf(mutation) },
      ...(making ? [{ name: `${name}, something new`, mutation, input: making }] : []),
    ];
  });
}

const sentAs = (
  key: string,
  { name, args, type }: Mutation,
  input: object,
  views: Views,
  view: View,
): Promise<Got> => {
  const document = `mutation ($input: ${String(args[0]?.type)}) { ${name}(input: $input) {
    __typename ${'getFields' in getNamedType(type) ? 'userErrors { code message path }' : ''} } }`;
  const filled = JSON.parse(fill(JSON.stringify(input), views, view));
  return request(url, as(key, operation(document, { input: filled })));
};

/** The answer without what was asked about, nor what names this request. */
const bytes = ({ status, headers, text }: Got, views: Views, view: View) =>
  Object.values(views).reduce(
    (left, values) => left.replaceAll(values[view], '…'),
    `${status} ${[...headers.keys()].sort().join(' ')} ${text.replaceAll(/"requestId":"[^"]*"/g, '')}`,
  );

/** How what is out of reach is not answered like what does not exist; empty when it is. */
async function toldApart(caller: Bound, views: Views): Promise<string[]> {
  const apart: string[] = [];
  for (const { name, mutation, input } of waysOf(caller)) {
    const one = await sentAs(keys[caller], mutation, input, views, 'other');
    const nobody = await sentAs(keys[caller], mutation, input, views, 'unknown');
    const codes = errorsOf(one).map(({ extensions }) => extensions.code);
    const same = bytes(one, views, 'other') === bytes(nobody, views, 'unknown');
    if (!same || codes.join() !== 'NOT_FOUND' || leakIn(one.text) !== null)
      apart.push(`${name}: ${one.text}\n${nobody.text}`);
  }
  return apart;
}

test('every mutation is tried here or in rights.e2e.test.ts, but those that no bound role or that anybody has', () => {
  const tried = new Set([
    ...BOUND.flatMap((caller) => waysOf(caller).map(({ mutation }) => mutation.name)),
    ...Object.keys(MUTATIONS),
    ...Object.keys(PUBLIC.getMutationType()?.getFields() ?? {}),
  ]);
  const left = Object.keys(INTERNAL.getMutationType()?.getFields() ?? {}).filter((name) => !tried.has(name));
  const bound = left.filter((name) =>
    BOUND.some((caller) => matrix.get(`Mutation.${name}`)?.[caller] !== 'forbidden'),
  );
  expect(bound).toEqual([]);
});

describe('what is of another network is refused like what does not exist', () => {
  test.each(BOUND)('%s', async (caller) => {
    expect(waysOf(caller).length).toBeGreaterThan(4);
    expect(await toldApart(caller, placed)).toEqual([]);
  });
});

test('a key of a command belongs to who sent it: another who sends the same is refused as ever', async () => {
  for (const { name, mutation, input } of waysOf('NETWORK_HQ').filter(({ name }) => name.endsWith('new'))) {
    const mine = await sentAs(keys.NETWORK_HQ, mutation, input, placed, 'own');
    const codes = errorsOf(mine).map(({ extensions }) => extensions.code);
    // What there is one of in a network is not made twice.
    expect({ name, codes: codes.filter((code) => code !== 'CONFLICT') }).toEqual({ name, codes: [] });
    const theirs = await sentAs(keys.OTHER_HQ, mutation, input, placed, 'own');
    const nobody = await sentAs(keys.OTHER_HQ, mutation, input, placed, 'unknown');
    expect(bytes(theirs, placed, 'own'), name).toBe(bytes(nobody, placed, 'unknown'));
  }
});

describe('every text of every input', () => {
  const sent = async (key: string, { mutation, input }: (typeof MUTATION_TEXTS)[number], text: string) => {
    const { name, args } = mutation;
    const document = `mutation ($input: ${String(args[0]?.type)}) { ${name}(input: $input) { __typename } }`;
    const filled = fill(JSON.stringify(input), placed, 'own').replaceAll('{text}', () =>
      JSON.stringify(text).slice(1, -1),
    );
    return request(url, as(key, operation(document, { input: JSON.parse(filled) })));
  };

  test('is refused when it is none: NUL, half of a pair, bidirectional controls', async () => {
    const unfit = ['a\u0000b', '\ud800', 'a\u202eb', '\u2066'];
    const { statements } = await workOf(url, async () => {
      for (const [index, place] of MUTATION_TEXTS.entries()) {
        const got = await sent(keys.DITP, place, unfit[index % unfit.length] ?? '');
        expect(refusalOf(got), place.name).toEqual({ status: 400, codes: ['BAD_USER_INPUT'], wrong: [] });
      }
    });
    expect(statements).toEqual([]);
  });

  test('is data, whatever it means elsewhere', async () => {
    expect(MUTATION_TEXTS.length).toBeGreaterThan(300);
    const off: string[] = [];
    for (const [index, place] of MUTATION_TEXTS.entries()) {
      const text = META[index % META.length] ?? '';
      const got = await sent(keys.DITP, place, text);
      const codes = errorsOf(got).map(({ extensions }) => extensions.code);
      const known = ['BAD_USER_INPUT', 'CONFLICT', 'NOT_FOUND'];
      // What the client wrote may be shown to the client.
      const leak = leakIn(got.text.replaceAll(JSON.stringify(text).slice(1, -1), ''), ['sql']);
      if (!codes.every((code) => known.includes(code)) || leak !== null)
        off.push(`${place.name}: ${text}: ${got.text} ${leak}`);
    }
    expect(off).toEqual([]);
  });
});

test('a local referent is refused, in its own network, what is outside its branch', async () => {
  const outside = 'STR-DEMO-caf-02';
  const elsewhere = Object.fromEntries(
    Object.entries(placed).map(([name, { own, unknown }]) => [name, { own, other: own, unknown }]),
  );
  const { network, place, ...objects } = elsewhere;
  const views: Views = {
    ...objects,
    network: { own: '', other: network?.own ?? '', unknown: network?.own ?? '' },
    place: { own: '', other: outside, unknown: place?.unknown ?? '' },
  };
  for (const schema of ['improvement', 'simplification'] as const) {
    const db = database.connect<object>(schema, 'owner', { max: 1 });
    for (const [name, { own }] of Object.entries(placed)) {
      const { rows } = await sql<{ found: boolean }>`
        select exists (select from information_schema.columns
         where table_schema = ${schema} and table_name = ${name} and column_name = 'structure_id') as found`.execute(
        db,
      );
      if (rows[0]?.found)
        await sql`update ${sql.table(`${schema}.${name}`)} set structure_id = ${outside} where id = ${own}`.execute(
          db,
        );
    }
  }
  await sql`
    update testimonies.concern set structure_id = ${outside}, site_id = null
     where testimony_id = split_part(${placed.task?.own}, ':', 1)`.execute(
    database.connect<object>('testimonies', 'owner', { max: 1 }),
  );
  expect(await toldApart('LOCAL_REFERENT', views)).toEqual([]);
});
