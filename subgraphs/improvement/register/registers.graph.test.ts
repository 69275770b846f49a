import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ANONYMOUS, type Viewer } from '../../../kernel/viewer.ts';
import { countStatements } from '../../../test/kit/statements.ts';
import { WRITTEN_KINDS } from '../fixtures/registers.ts';
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

const SITE = { network: 'NET-caf', site: 'SITE-caf-62' };

describe.each(WRITTEN_KINDS)('$many', (kind) => {
  const { type, one, many, table, content, shows, shown } = kind;
  const save = (who: Viewer, input: object) =>
    write(
      who,
      `save${type}`,
      `Save${type}Input`,
      { ...content, ...input },
      `${one} { id version publication }`,
    );
  const made = async (who: Viewer, subject: object) => {
    const answer = await save(who, { subject });
    return answer[one] as { id: string; version: number; publication: string };
  };
  const move = (who: Viewer, verb: 'publish' | 'withdraw', input: object) =>
    write(
      who,
      `${verb}${type}`,
      'PublicationInput',
      { reason: 'Erreur', ...input },
      `${one} { version publication }`,
    );
  const read = async (who: Viewer, id: string) => {
    const { data } = await ask(who, `{ ${one}(id: "${id}") { id ${shows} } }`);
    return data[one];
  };
  const working = async (who: Viewer, filter = '') => {
    const { data } = await ask(
      who,
      `{ improvementWork(network: "NET-caf") { ${many}(first: 100${filter}) { totalCount nodes { id } } } }`,
    );
    return data.improvementWork?.[many].nodes.map(({ id }: { id: string }) => id) ?? null;
  };
  const listed = async (where: string) => {
    const root = type === 'FrequentError' ? 'errorAdvice' : many;
    const { data, errors } = await ask(ANONYMOUS, `{ ${root}${where} { totalCount nodes { id } } }`);
    expect(errors).toBeUndefined();
    return data[root].nodes.map(({ id }: { id: string }) => id);
  };

  test('a draft is nobody’s but theirs who work on it; published it is everybody’s; withdrawn nobody’s', async () => {
    const { id, version, publication } = await made(REFERENT, LOCAL);
    expect(publication).toBe('DRAFT');
    expect(await read(DITP, id)).toBeNull();
    expect(await listed('')).not.toContain(id);
    expect(await working(HQ)).toContain(id);
    expect(await working(REFERENT, ', filter: { publication: [DRAFT] }')).toContain(id);
    expect(await working(REFERENT, ', filter: { publication: [PUBLISHED] }')).not.toContain(id);
    expect(await working(DITP)).toContain(id);
    expect(await working(SIBLING)).toEqual([]);
    expect(await working(OTHER_HQ)).toBeNull();

    const published = await move(REFERENT, 'publish', { id, version });
    expect(published[one]).toEqual({ version: version + 1, publication: 'PUBLISHED' });
    const { kind: _kind, ...scalars } = { kind: null, ...content };
    const same = Object.entries(scalars).filter(([, value]) => typeof value !== 'object');
    const said = Object.fromEntries(same.filter(([name]) => name !== 'link' && name !== 'procedure'));
    expect(await read(ANONYMOUS, id)).toMatchObject({ id, ...said, ...shown });
    expect(await listed('')).toContain(id);

    expect(outcomeOf(await move(HQ, 'withdraw', { id, version: version + 1, reason: ' ' }))).toBe('REQUIRED');
    const withdrawn = await move(HQ, 'withdraw', { id, version: version + 1 });
    expect(withdrawn[one]).toEqual({ version: version + 2, publication: 'WITHDRAWN' });
    expect(await read(ANONYMOUS, id)).toBeNull();
    expect(await listed('')).not.toContain(id);
    expect(await working(HQ)).toContain(id);
  });

  test('is found under those whom it is about, and by its filter', async () => {
    const { id, version } = await made(HQ, SITE);
    await move(HQ, 'publish', { id, version });
    const subjects = [
      ['Network', 'NET-caf', true],
      ['Network', 'NET-france-travail', false],
      ['Site', 'SITE-caf-62', true],
      ['Site', 'SITE-caf-75', false],
      ['Territory', 'REG-32', true],
      ['Territory', 'DEP-75', false],
    ] as const;
    const { data } = await ask(
      ANONYMOUS,
      `query ($r: [_Any!]!) { _entities(representations: $r) { ${['Network', 'Site', 'Territory']
        .map((name) => `... on ${name} { ${many} { nodes { id network { id } site { id } } } }`)
        .join(' ')} } }`,
      { r: subjects.map(([name, subject]) => ({ __typename: name, id: subject })) },
    );
    const found = data._entities.map((entity: Record<string, { nodes: { id: string }[] }>) =>
      entity[many]?.nodes.some((node) => node.id === id),
    );
    expect(found).toEqual(subjects.map(([, , there]) => there));
    const { data: filtered } = await ask(
      ANONYMOUS,
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Network { ${many}(filter: { ${kind.filter} }) { nodes { id } } } } }`,
      { r: [{ __typename: 'Network', id: 'NET-caf' }] },
    );
    expect(filtered._entities[0][many].nodes).toContainEqual({ id });
    await move(HQ, 'withdraw', { id, version: version + 1 });
  });

  test('is written by headquarters on their network, by a referent below its structure, by DITP', async () => {
    for (const [who, subject, outcome] of [
      [HQ, NATIONAL, 'done'],
      [DITP, LOCAL, 'done'],
      [REFERENT, LOCAL, 'done'],
      [REFERENT, SITE, 'done'],
      [REFERENT, NATIONAL, 'NOT_FOUND'],
      [REFERENT, { network: 'NET-caf', structure: 'STR-caf-75' }, 'NOT_FOUND'],
      [REFERENT, { network: 'NET-caf', structure: 'STR-nobody' }, 'NOT_FOUND'],
      [OTHER_HQ, LOCAL, 'NOT_FOUND'],
      [OTHER_HQ, { network: 'NET-nobody' }, 'NOT_FOUND'],
      [ANALYST, LOCAL, 'FORBIDDEN'],
      [ANONYMOUS, LOCAL, 'UNAUTHENTICATED'],
      [HQ, { network: 'NET-caf', site: 'SITE-ft-62' }, 'UNKNOWN_SITE'],
      [HQ, { network: 'NET-caf', territory: 'DEP-62' }, type === 'TrainingCount' ? 'BAD_SUBJECT' : 'done'],
    ] as const) {
      const answered = outcomeOf(await save(who, { subject }));
      expect([who.role, subject, answered]).toEqual([who.role, subject, outcome]);
    }
  });

  test('one that does not exist and one out of reach are answered alike, after the same statements', async () => {
    const { id, version } = await made(HQ, LOCAL);
    const nobody = `${id.slice(0, id.indexOf('-'))}-${randomUUID()}`;
    for (const who of [SIBLING, OTHER_HQ]) {
      for (const send of [
        (of: string) => move(who, 'publish', { id: of, version }),
        (of: string) => save(who, { id: of, version }),
      ]) {
        const there = await countStatements(() => send(id));
        const nowhere = await countStatements(() => send(nobody));
        expect(there.result.error).toBe('NOT_FOUND');
        expect(there.result).toEqual(nowhere.result);
        expect(there.statements).toEqual(nowhere.statements);
      }
    }
    expect(await stored(table, id, 'version, published')).toEqual({ version, published: false });
  });

  test.each(kind.mistakes)('%j is refused as in a file', async (cells, code, field) => {
    const { userErrors } = await save(HQ, { subject: NATIONAL, ...cells });
    expect(userErrors).toContainEqual({ code, path: expect.arrayContaining(['input', field]) });
    expect(userErrors).toHaveLength(1);
  });

  test('sent again it is not done again; an old version is a conflict; of two at once one is done', async () => {
    const input = { subject: LOCAL, idempotencyKey: randomUUID() };
    const first = await save(HQ, input);
    expect(await save(HQ, input)).toEqual(first);
    const { id, version } = first[one] as { id: string; version: number };
    const both = await Promise.all([save(HQ, { id, version }), save(REFERENT, { id, version })]);
    expect(both.map(outcomeOf).sort()).toEqual(['CONFLICT', 'done']);
    expect(outcomeOf(await save(HQ, { id, version }))).toBe('CONFLICT');
    const keyed = { id, version: version + 1, idempotencyKey: randomUUID() };
    const done = await move(HQ, 'publish', keyed);
    expect(outcomeOf(done)).toBe('done');
    expect(await move(HQ, 'publish', keyed)).toEqual(done);
    expect(await stored(table, id, 'version, import_id')).toEqual({ version: version + 2, import_id: null });
    await move(HQ, 'withdraw', { id, version: version + 2 });
  });

  test('leaves a trail without its words', async () => {
    const { id, version } = await made(HQ, LOCAL);
    await move(HQ, 'publish', { id, version });
    const { data } = await ask(
      HQ,
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on AuditTrail { improvement(first: 2) { nodes { actor action object before after } } } } }`,
      { r: [{ __typename: 'AuditTrail', networkId: 'NET-caf' }] },
    );
    const trail = data._entities[0].improvement.nodes;
    expect(trail.map(({ object }: { object: string }) => object)).toEqual([id, id]);
    expect(trail.map(({ action }: { action: string }) => action.split('_').at(-1))).toEqual([
      'PUBLISHED',
      'SAVED',
    ]);
    expect(JSON.stringify(trail)).not.toContain(kind.words);
    await move(HQ, 'withdraw', { id, version: version + 1 });
  });

  test('a page under many sites costs as many statements as under one', async () => {
    const sites = ['SITE-caf-62', 'SITE-caf-75', 'SITE-ft-62'].map((id) => ({ __typename: 'Site', id }));
    const page = (r: readonly object[]) =>
      ask(
        ANONYMOUS,
        `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Site { ${many}(first: 5) { totalCount nodes { ${shows} } } } } }`,
        { r },
      );
    const one62 = await countStatements(() => page(sites.slice(0, 1)));
    const all = await countStatements(() => page(sites));
    expect(all.statements.length).toBe(one62.statements.length);
    expect(all.statements.length).toBeLessThanOrEqual(3);
  });
});
