import { expect, test } from 'vitest';
import { ANONYMOUS, type Viewer } from '../../../kernel/viewer.ts';
import { HQ, improvementWriters, LOCAL, NATIONAL, outcomeOf, REFERENT } from '../fixtures/writers.ts';

const { ask, write } = await improvementWriters();

const make = async (who: Viewer, name: string, field: string, input: object) => {
  const answer = await write(who, `save${name}`, `Save${name}Input`, input, `${field} { id version }`);
  return { answer, ...(answer[field] as { id: string; version: number }) };
};
const publish = (name: string, field: string, { id, version }: { id: string; version: number }) =>
  write(HQ, `publish${name}`, 'PublicationInput', { id, version }, `${field} { id }`);
const GAP = { subject: LOCAL, observedOn: '2026-04-01', severity: 'MAJOR', commitment: 'COMMITMENT-E4' };

test('a self-diagnosis with its findings and the gaps that it found, public once they are published', async () => {
  const diagnosis = await make(REFERENT, 'SelfDiagnosis', 'selfDiagnosis', {
    subject: LOCAL,
    madeOn: '2026-03-01',
    findings: [
      { commitment: 'COMMITMENT-E4', score: 62.5, comment: ' Délais dépassés en janvier. ' },
      { commitment: 'COMMITMENT-E1' },
    ],
  });
  const gap = await make(REFERENT, 'Gap', 'gap', {
    ...GAP,
    diagnosis: diagnosis.id,
    indicator: 'IND-27',
    period: '2025-S2',
    target: '90',
    actual: '78,6',
    source: 'Tableau de bord du département',
    cause: 'Deux postes vacants',
  });
  const query = `{ selfDiagnosis(id: "${diagnosis.id}") { madeOn findings { commitment { id } score comment }
    gaps { totalCount nodes { id indicator { id } commitment { id } period target actual difference severity cause source } } } }`;
  expect((await ask(ANONYMOUS, query)).data.selfDiagnosis).toBeNull();
  await publish('SelfDiagnosis', 'selfDiagnosis', diagnosis);
  expect((await ask(ANONYMOUS, query)).data.selfDiagnosis).toMatchObject({ gaps: { totalCount: 0 } });
  await publish('Gap', 'gap', gap);
  expect((await ask(ANONYMOUS, query)).data.selfDiagnosis).toEqual({
    madeOn: '2026-03-01',
    findings: [
      { commitment: { id: 'COMMITMENT-E4' }, score: 62.5, comment: 'Délais dépassés en janvier.' },
      { commitment: { id: 'COMMITMENT-E1' }, score: null, comment: null },
    ],
    gaps: {
      totalCount: 1,
      nodes: [
        {
          id: gap.id,
          indicator: { id: 'IND-27' },
          commitment: { id: 'COMMITMENT-E4' },
          period: '2025-S2',
          target: 90,
          actual: 78.6,
          difference: -11.4,
          severity: 'MAJOR',
          cause: 'Deux postes vacants',
          source: 'Tableau de bord du département',
        },
      ],
    },
  });
  const { data } = await ask(
    ANONYMOUS,
    `query ($r: [_Any!]!) {
       _entities(representations: $r) { ... on Structure { gaps(filter: { severity: [MAJOR] }) { totalCount } } }
       gaps(filter: { territory: "DEP-62", indicator: "IND-27" }) { totalCount nodes { diagnosis { id } plan { id } } }
       none: gaps(filter: { commitment: "COMMITMENT-E1" }) { totalCount } gap(id: "${gap.id}") { period } }`,
    { r: [{ __typename: 'Structure', id: 'STR-caf' }] },
  );
  expect(data).toEqual({
    _entities: [{ gaps: { totalCount: 1 } }],
    gaps: { totalCount: 1, nodes: [{ diagnosis: { id: diagnosis.id }, plan: null }] },
    none: { totalCount: 0 },
    gap: { period: '2025-S2' },
  });
});

test('mistakes of a gap are told where they are', async () => {
  const { answer } = await make(HQ, 'Gap', 'gap', {
    ...GAP,
    commitment: 'COMMITMENT-E99',
    indicator: 'RESPECT_DELAI',
    diagnosis: 'DIAG-nobody',
    plan: 'PLAN-nobody',
    observedOn: '2999-01-01',
    period: '2025-13',
    target: 'n.d.',
    actual: '7e3',
  });
  expect(answer.userErrors?.map(({ code, path }) => [path[1], code])).toEqual([
    ['indicator', 'BAD_ID'],
    ['commitment', 'UNKNOWN_COMMITMENT'],
    ['diagnosis', 'UNKNOWN_DIAGNOSIS'],
    ['plan', 'UNKNOWN_PLAN'],
    ['observedOn', 'IN_THE_FUTURE'],
    ['period', 'BAD_PERIOD'],
    ['target', 'NOT_A_NUMBER'],
    ['actual', 'NOT_A_NUMBER'],
    ['source', 'REQUIRED'],
  ]);
  const neither = await make(HQ, 'Gap', 'gap', { ...GAP, commitment: null });
  expect(outcomeOf(neither.answer)).toBe('REQUIRED');
});

test('a referent names no draft of headquarters', async () => {
  const national = await make(HQ, 'ActionPlan', 'actionPlan', { subject: NATIONAL, title: 'Un plan' });
  const with_ = async (who: Viewer) =>
    outcomeOf((await make(who, 'Gap', 'gap', { ...GAP, plan: national.id })).answer);
  expect(await with_(HQ)).toBe('done');
  expect(await with_(REFERENT)).toBe('UNKNOWN_PLAN');
  await publish('ActionPlan', 'actionPlan', national);
  expect(await with_(REFERENT)).toBe('done');
});

test('mistakes of a self-diagnosis are told at their finding', async () => {
  const { answer } = await make(HQ, 'SelfDiagnosis', 'selfDiagnosis', {
    subject: LOCAL,
    madeOn: '2999-01-01',
    findings: [
      { commitment: 'COMMITMENT-E4', score: 101 },
      { commitment: 'COMMITMENT-E4' },
      { commitment: 'E4', comment: 'x'.repeat(4001) },
    ],
  });
  expect(answer.userErrors).toEqual([
    { code: 'IN_THE_FUTURE', path: ['input', 'madeOn'] },
    { code: 'OUT_OF_RANGE', path: ['input', 'findings', '0', 'score'] },
    { code: 'DUPLICATE', path: ['input', 'findings', '1', 'commitment'] },
    { code: 'UNKNOWN_COMMITMENT', path: ['input', 'findings', '2', 'commitment'] },
    { code: 'TOO_LONG', path: ['input', 'findings', '2', 'comment'] },
  ]);
});
