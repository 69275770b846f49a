import { expect, test } from 'vitest';
import type { Viewer } from '../../../kernel/viewer.ts';
import { ANONYMOUS, DITP, newKey, outcomeOf } from '../fixtures/writers.ts';
import {
  HEADQUARTERS,
  OTHER_VALIDATOR,
  REFERENT,
  repliersWorld,
  VALIDATOR,
} from '../reply/fixtures/repliers.ts';

const { tell, write, ask } = await repliersWorld();

const set = (who: Viewer, input: object) =>
  write(
    who,
    'setReplyDuty',
    'SetReplyDutyInput',
    { network: 'NET-caf', version: 0, days: 15, source: 'Charte de la CAF', ...input },
    'replyDuty { days source since version }',
  );

const read = async (who = ANONYMOUS) =>
  (
    await ask(
      who,
      'query ($r: [_Any]!) { _entities(representations: $r) { ... on Network { replyDuty { days source since } } } }',
      { r: [{ __typename: 'Network', id: 'NET-caf' }] },
    )
  ).data._entities[0].replyDuty;

test('a network sets its delay, by the version that it read; anybody reads it, and is told who is late', async () => {
  await tell([{ structure: 'STR-caf-62', answeredOn: '2026-11-17' }], {
    title: 'Yoyo',
    writtenOn: '2026-11-01',
  });
  const overdue = async () =>
    (await ask(ANONYMOUS, '{ replyDelays(filter: { search: "yoyo" }) { overdue } }')).data.replyDelays[0]
      .overdue;
  expect(await overdue()).toBeNull();
  const first = await set(HEADQUARTERS, { since: '2025-01-01' });
  expect(first).toEqual({
    replyDuty: { days: 15, source: 'Charte de la CAF', since: '2025-01-01', version: 1 },
    userErrors: [],
  });
  // 16 days.
  expect(await overdue()).toBe(1);
  expect(outcomeOf(await set(HEADQUARTERS, {}))).toBe('CONFLICT');
  const second = await set(DITP, { version: 1, days: 16 });
  expect(second).toMatchObject({ replyDuty: { days: 16, version: 2 } });
  expect(await overdue()).toBe(0);
  expect(await read()).toEqual({ days: 16, source: 'Charte de la CAF', since: null });
});

test('nobody sets it for another network, nor without the right', async () => {
  for (const who of [REFERENT, VALIDATOR, OTHER_VALIDATOR]) {
    expect(outcomeOf(await set(who, { version: 2 }))).toBe('FORBIDDEN');
  }
  expect(outcomeOf(await set(ANONYMOUS, { version: 2 }))).toBe('UNAUTHENTICATED');
  const foreign = await set(HEADQUARTERS, { network: 'NET-france-travail' });
  expect(foreign).toEqual(await set(HEADQUARTERS, { network: 'NET-none' }));
  expect(outcomeOf(foreign)).toBe('NOT_FOUND');
});

test('days that are none, a source that says nothing', async () => {
  const { version } = (
    await ask(
      HEADQUARTERS,
      'query ($r: [_Any]!) { _entities(representations: $r) { ... on Network { replyDuty { version } } } }',
      {
        r: [{ __typename: 'Network', id: 'NET-caf' }],
      },
    )
  ).data._entities[0].replyDuty;
  const mistake = async (input: object) => outcomeOf(await set(HEADQUARTERS, { version, ...input }));
  expect(await mistake({ days: 0 })).toBe('OUT_OF_RANGE');
  expect(await mistake({ days: 366 })).toBe('OUT_OF_RANGE');
  expect(await mistake({ source: ' ' })).toBe('REQUIRED');
});

test('sent again it is set once; of two first settings at once one is in conflict', async () => {
  const network = 'NET-france-travail';
  const input = { network, idempotencyKey: newKey() };
  const [first, twin] = await Promise.all([set(DITP, input), set(DITP, input)]);
  expect(first).toEqual(twin);
  expect(first).toMatchObject({ replyDuty: { version: 1 } });
  const race = await Promise.all([
    set(DITP, { network, version: 1, days: 3 }),
    set(DITP, { network, version: 1, days: 4 }),
  ]);
  expect(race.map(outcomeOf).sort()).toEqual(['CONFLICT', 'done']);
});
