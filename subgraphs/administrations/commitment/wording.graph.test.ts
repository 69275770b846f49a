import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { ANONYMOUS, type Viewer } from '../../../kernel/viewer.ts';
import { testDatabase } from '../../../test/kit/database.ts';
import { ask } from '../fixtures/ask.ts';
import { country } from '../fixtures/country.ts';
import { openAdministrations } from '../server.ts';
import type { AdministrationsDatabase } from '../tables.ts';

const database = await testDatabase();
const db = database.connect<AdministrationsDatabase>('administrations', 'owner');
const story = country();
for (let position = 1; position <= 8; position += 1) {
  story.commitment(`COMMITMENT-E${position}`, { version: '2024', position });
}
await story.wording('NET-france-travail', 'COMMITMENT-E3', 'Un conseiller pour vous').save(db);
const subgraph = await openAdministrations({ statementTimeoutMs: 5000 }, database.url);
afterAll(() => subgraph.close());

const caf: Viewer = { role: 'NETWORK_HQ', subject: 'key:caf', network: 'NET-caf', structure: null };
const ditp: Viewer = { role: 'DITP', subject: 'person:1', network: null, structure: null };

interface Payload {
  networkCommitment: { wording: string; version: number } | null;
  userErrors: { code: string; path: string[] }[];
}
const MUTATION = `mutation ($input: WordCommitmentInput!) {
  wordCommitment(input: $input) {
    networkCommitment { wording version validFrom commitment { id } network { id } source { source file } }
    userErrors { code path message }
  }
}`;
const word = (input: Record<string, unknown>, viewer: Viewer = caf) =>
  ask<{ wordCommitment: Payload | null }>(
    subgraph,
    MUTATION,
    {
      input: {
        ...{ idempotencyKey: randomUUID(), network: 'NET-caf', commitment: 'COMMITMENT-E1', version: 0 },
        ...input,
      },
    },
    { viewer, requestId: 'R-7' },
  );
const audits = () =>
  db
    .selectFrom('administrations.audit')
    .select(['subject', 'network_id', 'action', 'object_id', 'before', 'after', 'request_id'])
    .orderBy('at', 'desc')
    .execute();
const wordings = async () => {
  const { data } = await ask(subgraph, '{ network(id: "NET-caf") { commitments { wording version } } }');
  return data;
};

describe('a headquarters', () => {
  test('words a commitment, then words it anew: published at once, audited', async () => {
    const first = await word({ wording: '  Sous quinze jours \n', validFrom: '2026-01-01' });
    expect(first).toEqual({
      errors: [],
      data: {
        wordCommitment: {
          networkCommitment: {
            wording: 'Sous quinze jours',
            version: 1,
            validFrom: '2026-01-01',
            commitment: { id: 'COMMITMENT-E1' },
            network: { id: 'NET-caf' },
            source: { source: "Caisses d'allocations familiales", file: null },
          },
          userErrors: [],
        },
      },
    });
    expect(await wordings()).toEqual({
      network: { commitments: [{ wording: 'Sous quinze jours', version: 1 }] },
    });
    const second = await word({ wording: 'Sous dix jours', version: 1 });
    expect(second.data.wordCommitment?.networkCommitment).toMatchObject({ version: 2, validFrom: null });
    expect(await audits()).toEqual([
      {
        subject: 'key:caf',
        network_id: 'NET-caf',
        action: 'COMMITMENT_WORDED',
        object_id: 'COMMITMENT-E1',
        before: { wording: 'Sous quinze jours', validFrom: '2026-01-01', version: 1 },
        after: { wording: 'Sous dix jours', validFrom: null, version: 2 },
        request_id: 'R-7',
      },
      expect.objectContaining({ before: null }),
    ]);
  });

  test('that sends a request again gets its answer again, and nothing is written', async () => {
    const input = { idempotencyKey: randomUUID(), commitment: 'COMMITMENT-E2', wording: 'Un accueil' };
    const first = await word(input);
    await word({ commitment: 'COMMITMENT-E2', wording: 'Un meilleur accueil', version: 1 });
    const before = await audits();
    expect(await word(input)).toEqual(first);
    expect((await audits()).length).toBe(before.length);
    const { errors } = await word({ ...input, wording: 'Autre chose' });
    expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT', path: 'wordCommitment' }]);
  });

  test('that read an older version is told which one is there', async () => {
    await word({ commitment: 'COMMITMENT-E3', wording: 'Une équipe' });
    for (const version of [0, 2, -1]) {
      const { data, errors } = await word({ commitment: 'COMMITMENT-E3', wording: 'Deux équipes', version });
      expect(data).toEqual({ wordCommitment: null });
      expect(errors).toMatchObject([{ code: 'CONFLICT', message: expect.stringContaining('version 1') }]);
    }
  });

  test('edits at once with others: exactly one wins each time, and every version is audited', async () => {
    const won: unknown[] = [];
    for (const version of [0, 1, 2]) {
      const tries = ['a', 'b', 'c'].map((name) =>
        word({ commitment: 'COMMITMENT-E4', wording: `${name}${version}`, version }),
      );
      const answers = await Promise.all(tries);
      const done = answers.filter(({ errors }) => errors.length === 0);
      expect(done.length).toBe(1);
      expect(answers.flatMap(({ errors }) => errors.map(({ code }) => code))).toEqual([
        'CONFLICT',
        'CONFLICT',
      ]);
      won.push(done[0]?.data.wordCommitment?.networkCommitment?.wording);
    }
    const trail = (await audits()).filter(({ object_id }) => object_id === 'COMMITMENT-E4');
    expect(trail.map(({ after }) => after).reverse()).toMatchObject(
      won.map((wording, index) => ({ wording, version: index + 1 })),
    );
  });

  test('that sends one request twice at once writes once, and gets one answer', async () => {
    const input = { idempotencyKey: randomUUID(), commitment: 'COMMITMENT-E5', wording: 'Écoute' };
    const [one, other] = await Promise.all([word(input), word(input)]);
    expect(one).toEqual(other);
    expect(one.data.wordCommitment?.networkCommitment?.version).toBe(1);
  });

  test('reads in the same request what it has just written', async () => {
    const input = (version: number) =>
      `{ idempotencyKey: "same-request-${version}", network: "NET-caf", commitment: "COMMITMENT-E6",
        wording: "Mot ${version}", version: ${version} }`;
    const fields = '{ networkCommitment { network { commitments { wording } } } }';
    const { data } = await ask(
      subgraph,
      `mutation { a: wordCommitment(input: ${input(0)}) ${fields} b: wordCommitment(input: ${input(1)}) ${fields} }`,
      {},
      { viewer: caf },
    );
    const [a, b] = [data.a, data.b].map((payload) => JSON.stringify(payload));
    expect(a).toContain('Mot 0');
    expect(b).toContain('Mot 1');
    expect(b).not.toContain('Mot 0');
  });
});

describe('what is refused', () => {
  test.each([
    [
      'a commitment that does not exist',
      { commitment: 'COMMITMENT-E9', wording: 'x' },
      ['UNKNOWN_COMMITMENT'],
    ],
    ['the id of something else', { commitment: 'NET-caf', wording: 'x' }, ['UNKNOWN_COMMITMENT']],
    ['no words', { wording: ' \n ' }, ['BLANK']],
    ['too many words', { wording: 'x'.repeat(2001) }, ['TOO_LONG']],
    ['all at once', { commitment: '', wording: '' }, ['UNKNOWN_COMMITMENT', 'BLANK']],
  ])('%s: mistakes of the user, nothing written', async (_case, input, codes) => {
    const before = await audits();
    const { data, errors } = await word({ ...input, version: 99 });
    expect(errors).toEqual([]);
    expect(data.wordCommitment?.networkCommitment).toBeNull();
    expect(data.wordCommitment?.userErrors.map(({ code }) => code)).toEqual(codes);
    expect((await audits()).length).toBe(before.length);
  });

  test.each([
    ['a NUL byte', { wording: 'a\u0000b' }],
    ['a reversed text', { wording: '\u202eabc' }],
    ['half a character', { wording: '\ud83d' }],
    ['a NUL byte in the commitment', { commitment: 'COMMITMENT-\u0000', wording: 'x' }],
    ['a NUL byte in the network', { network: 'NET-\u0000', wording: 'x' }],
    ['a key too short', { idempotencyKey: 'k', wording: 'x' }],
  ])('%s', async (_case, input) => {
    const { data, errors } = await word(input);
    expect(data.wordCommitment).toBeNull();
    expect(errors.map(({ code }) => code)).toEqual(['BAD_USER_INPUT']);
  });

  test('quotes, signs of SQL and of patterns are words', async () => {
    const wording = `L'État; drop table "x"; -- 100 % _ \\ {{é}} $1`;
    const { data } = await word({ commitment: 'COMMITMENT-E7', wording });
    expect(data.wordCommitment?.networkCommitment?.wording).toBe(wording);
  });

  test('another network and an unknown one: the same answer', async () => {
    const [forbidden, unknown] = await Promise.all(
      ['NET-france-travail', 'NET-nowhere'].map((network) => word({ network, wording: 'x' })),
    );
    expect(forbidden?.errors).toEqual([
      { code: 'NOT_FOUND', message: 'No such network.', path: 'wordCommitment' },
    ]);
    expect(unknown).toEqual(forbidden);
    const elsewhere = await word({ network: 'NET-france-travail', wording: 'DITP' }, ditp);
    expect(elsewhere.data.wordCommitment?.networkCommitment?.version).toBe(1);
  });

  test.each([
    ['anybody', ANONYMOUS, 'UNAUTHENTICATED'],
    ['an analyst', { ...ditp, role: 'ANALYST' as const }, 'FORBIDDEN'],
    ['a moderator', { ...ditp, role: 'MODERATOR' as const }, 'FORBIDDEN'],
    ['a super agent of the network', { ...caf, role: 'SUPER_AGENT' as const }, 'FORBIDDEN'],
    ['a local referent', { ...caf, role: 'LOCAL_REFERENT' as const, structure: 'STR-1' }, 'FORBIDDEN'],
  ])('%s', async (_who, viewer, code) => {
    const before = await audits();
    const { errors } = await word({ commitment: 'COMMITMENT-E8', wording: 'x' }, viewer);
    expect(errors.map((error) => error.code)).toEqual([code]);
    expect((await audits()).length).toBe(before.length);
  });
});
