import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { countStatements } from '../../../test/kit/statements.ts';
import {
  ANALYST,
  DITP,
  HQ,
  improvementWriters,
  LOCAL,
  NATIONAL,
  OTHER_HQ,
  outcomeOf,
  REFERENT,
  SIBLING,
} from '../fixtures/writers.ts';

const { ask, write, stored } = await improvementWriters();

const save = (who: typeof HQ, input: object) =>
  write(
    who,
    'saveImpact',
    'SaveImpactInput',
    { title: 'Un écran', ...input },
    'impact { id version publication }',
  );
const made = async (who: typeof HQ, subject: object) => {
  const { impact } = await save(who, { subject });
  return impact as { id: string; version: number; publication: string };
};
const publish = (who: typeof HQ, id: string, version: number) =>
  write(
    who,
    'publishImpact',
    'PublicationInput',
    { id, version },
    'impact { version publication publishedOn }',
  );
const working = async (who: typeof HQ, network = 'NET-caf') => {
  const { data } = await ask(
    who,
    `query ($network: ID!) { improvementWork(network: $network) { impacts(first: 100) { totalCount nodes { id } } } }`,
    { network },
  );
  return data.improvementWork?.impacts.nodes.map(({ id }: { id: string }) => id) ?? null;
};

test('headquarters write on their network, a referent below its structure, DITP everywhere', async () => {
  for (const [who, subject, outcome] of [
    [HQ, NATIONAL, 'done'],
    [HQ, LOCAL, 'done'],
    [DITP, LOCAL, 'done'],
    [REFERENT, LOCAL, 'done'],
    [REFERENT, { network: 'NET-caf', site: 'SITE-caf-62' }, 'done'],
    [REFERENT, NATIONAL, 'NOT_FOUND'],
    [REFERENT, { network: 'NET-caf', territory: 'DEP-62' }, 'NOT_FOUND'],
    [REFERENT, { network: 'NET-caf', structure: 'STR-caf-75' }, 'NOT_FOUND'],
    [REFERENT, { network: 'NET-caf', structure: 'STR-caf-62', site: 'SITE-caf-75' }, 'NOT_FOUND'],
    [REFERENT, { network: 'NET-caf', structure: 'STR-nobody' }, 'NOT_FOUND'],
    [OTHER_HQ, LOCAL, 'NOT_FOUND'],
    [OTHER_HQ, { network: 'NET-nobody' }, 'NOT_FOUND'],
    [ANALYST, LOCAL, 'FORBIDDEN'],
    [HQ, { network: 'NET-caf', site: 'SITE-ft-62' }, 'UNKNOWN_SITE'],
    [HQ, { network: 'NET-caf', structure: 'STR-nobody' }, 'UNKNOWN_STRUCTURE'],
    [HQ, { network: 'NET-caf', territory: 'DEP-00' }, 'UNKNOWN_TERRITORY'],
    [HQ, { network: 'NET-caf', site: 'SITE-caf-62', territory: 'DEP-62' }, 'BAD_SUBJECT'],
    [HQ, undefined, 'REQUIRED'],
  ] as const) {
    expect([who.role, subject, outcomeOf(await save(who, { subject }))]).toEqual([
      who.role,
      subject,
      outcome,
    ]);
  }
});

test('what is not published is seen by those who may write it, and by nobody else', async () => {
  const { id } = await made(HQ, LOCAL);
  const national = await made(HQ, NATIONAL);
  expect(await working(HQ)).toEqual(expect.arrayContaining([id, national.id]));
  expect(await working(DITP)).toEqual(expect.arrayContaining([id, national.id]));
  expect(await working(REFERENT)).toContain(id);
  expect(await working(REFERENT)).not.toContain(national.id);
  expect(await working(SIBLING)).toEqual([]);
  expect(await working(OTHER_HQ)).toBeNull();
  expect(await working(OTHER_HQ, 'NET-france-travail')).toEqual([]);
  const { data } = await ask(DITP, `{ impact(id: "${id}") { id } impacts { nodes { id } } }`);
  expect(data).toEqual({ impact: null, impacts: { nodes: [] } });
});

test('what does not exist and what is out of reach are answered alike, after the same statements', async () => {
  const { id, version } = await made(HQ, LOCAL);
  for (const who of [SIBLING, OTHER_HQ]) {
    const there = await countStatements(() => publish(who, id, version));
    const nowhere = await countStatements(() => publish(who, `IMPACT-${randomUUID()}`, version));
    expect(there.result).toEqual({ error: 'NOT_FOUND', message: 'No such impact.' });
    expect(there.result).toEqual(nowhere.result);
    expect(there.statements).toEqual(nowhere.statements);
  }
  expect(await stored('impact', id, 'version, published')).toEqual({ version, published: false });
});

test('sent again, a command is not done again; with another version it is a conflict', async () => {
  const input = { subject: LOCAL, title: 'Une rampe', idempotencyKey: randomUUID() };
  const first = await save(HQ, input);
  expect(await save(HQ, input)).toEqual(first);
  const { id, version } = first['impact'] as { id: string; version: number };
  const keyed = { id, version, idempotencyKey: randomUUID() };
  const publishing = () =>
    write(HQ, 'publishImpact', 'PublicationInput', keyed, 'impact { version publication }');
  const done = await publishing();
  expect(done['impact']).toEqual({ version: version + 1, publication: 'PUBLISHED' });
  expect(await publishing()).toEqual(done);
  expect(outcomeOf(await save(HQ, { id, version, title: 'Une autre' }))).toBe('CONFLICT');
  expect(outcomeOf(await save(HQ, { id, title: 'Une autre' }))).toBe('CONFLICT');
  expect(outcomeOf(await save(HQ, { id, version: version + 1, subject: LOCAL }))).toBe('BAD_SUBJECT');
});

test('of two who write at once, one does', async () => {
  const { id, version } = await made(HQ, LOCAL);
  const both = await Promise.all(
    ['Une', 'Deux'].map((title, rank) => save(rank === 0 ? HQ : REFERENT, { id, version, title })),
  );
  expect(both.map(outcomeOf).sort()).toEqual(['CONFLICT', 'done']);
});

test('what is published has a day, a reason to be taken back, and a trail without words', async () => {
  const { id, version } = await made(REFERENT, LOCAL);
  const { impact } = await publish(REFERENT, id, version);
  expect(impact).toMatchObject({ publication: 'PUBLISHED' });
  const read = await ask(ANALYST, `{ impact(id: "${id}") { title publishedOn structure { id } } }`);
  expect(read.data.impact).toEqual({
    title: 'Un écran',
    publishedOn: (impact as { publishedOn: string }).publishedOn,
    structure: { id: 'STR-caf-62' },
  });
  const withdraw = (reason: string | null) =>
    write(
      HQ,
      'withdrawImpact',
      'PublicationInput',
      { id, version: version + 1, reason },
      'impact { publication }',
    );
  expect(outcomeOf(await withdraw(' '))).toBe('REQUIRED');
  // The audit keeps it for ever: it has a bound.
  expect(outcomeOf(await withdraw('x'.repeat(1001)))).toBe('TOO_LONG');
  expect((await withdraw('Faux'))['impact']).toEqual({ publication: 'WITHDRAWN' });
  expect((await ask(ANALYST, `{ impact(id: "${id}") { title } }`)).data.impact).toBeNull();
  const { data } = await ask(
    HQ,
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on AuditTrail { improvement(first: 3) { nodes { actor action object before after reason } } } } }`,
    { r: [{ __typename: 'AuditTrail', networkId: 'NET-caf' }] },
  );
  const trail = data._entities[0].improvement.nodes;
  expect(trail).toMatchObject([
    { actor: 'key:caf', action: 'IMPACT_WITHDRAWN', object: id, reason: 'Faux' },
    { actor: 'person:62', action: 'IMPACT_PUBLISHED', object: id },
    { actor: 'person:62', action: 'IMPACT_SAVED', object: id, before: null },
  ]);
  expect(JSON.parse(trail[0].after)).toMatchObject({ version: version + 2, publication: 'WITHDRAWN' });
  expect(JSON.stringify(trail)).not.toContain('Un écran');
  expect(await stored('impact', id, 'import_id, import_row')).toEqual({ import_id: null, import_row: null });
});

test('the work of a network is not for analysts', async () => {
  const { errors } = await ask(ANALYST, `{ improvementWork(network: "NET-caf") { networkId } }`);
  expect(errors[0].extensions.code).toBe('FORBIDDEN');
});
