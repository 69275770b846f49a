import { expect, test } from 'vitest';
import { ask, operation, startedDatabase, startHub } from './kit/hub.ts';
import { type Caller, OWN_STRUCTURE, rolesOf } from './kit/roles.ts';

const { url: databaseUrl } = await startedDatabase();
const hub = await startHub(databaseUrl);
const keys = await rolesOf(databaseUrl);

/** Runs a stored operation with its example variables, as somebody; no operation may come back with an error. */
async function run<Data>(name: string, variables: object = {}, caller: Caller = 'anonymous'): Promise<Data> {
  const stored = operation(name);
  const given = { ...stored.variables, ...variables };
  const { status, data, errors } = await ask<Data>(hub.url, stored.query, given, { key: keys[caller] });
  expect(errors).toBeUndefined();
  expect(status).toBe(200);
  return data;
}

interface List<T> {
  totalCount: number;
  nodes: T[];
}

test('Scorecard: the eight commitments, each with a promise or a proof', async () => {
  interface Line {
    commitment: { code: string };
    displays: { share: number | null };
    contactDuty: { sites: number; completeShare: number } | null;
    figures: { value: number | null }[];
    voice: { testimonies: number; answeredShare: number } | null;
    simplification: { received: number } | null;
    selfDiagnosis: { diagnoses: number; scored: number; meanScore: number | null };
    training: { share: number }[] | null;
    ecoMeasures: List<unknown> | null;
    actionPlans: List<unknown>;
    gaps: List<unknown>;
  }
  const { commitmentScorecard: lines } = await run<{ commitmentScorecard: Line[] }>('Scorecard');
  expect(lines.map(({ commitment }) => commitment.code)).toEqual(
    [1, 2, 3, 4, 5, 6, 7, 8].map((rank) => `E${rank}`),
  );
  const of = (code: string) => lines.find(({ commitment }) => commitment.code === code);
  expect(of('E2')?.contactDuty?.sites).toBeGreaterThan(0);
  expect(of('E5')?.simplification?.received).toBeGreaterThan(0);
  expect(of('E8')?.ecoMeasures?.totalCount).toBeGreaterThan(0);
  expect(of('E7')?.voice?.testimonies).toBeGreaterThan(of('E1')?.voice?.testimonies ?? Number.NaN);
  const some = (what: (line: Line) => number) => Math.max(...lines.map(what));
  expect(some(({ figures }) => figures.filter(({ value }) => value !== null).length)).toBeGreaterThan(0);
  expect(some(({ actionPlans }) => actionPlans.totalCount)).toBeGreaterThan(0);
  expect(some(({ gaps }) => gaps.totalCount)).toBeGreaterThan(0);
  expect(some(({ selfDiagnosis }) => selfDiagnosis.scored)).toBeGreaterThan(0);
});

test('Scorecard of a whole network: agents trained, of the commitment that asks for it alone', async () => {
  const { commitmentScorecard: lines } = await run<{
    commitmentScorecard: { commitment: { code: string }; training: { share: number }[] | null }[];
  }>('Scorecard', { territory: null });
  for (const { commitment, training } of lines) {
    if (commitment.code === 'E1') expect(training?.length).toBeGreaterThan(0);
    else expect(training).toBeNull();
  }
});

test('FindTestimonies: what is found is marked, and facets count what it could be narrowed to', async () => {
  interface Fragment {
    text: string;
    matched: boolean;
  }
  const { testimonies, testimonyFacets } = await run<{
    testimonies: List<{ feeling: string; highlights: { title: Fragment[]; extract: Fragment[] } }>;
    testimonyFacets: {
      dimension: string;
      values: { value: string; count: number; selected: boolean }[];
      others: number;
    }[];
  }>('FindTestimonies');
  expect(testimonies.nodes).toHaveLength(10);
  for (const { feeling, highlights } of testimonies.nodes) {
    expect(feeling).toBe('NEGATIVE');
    const marked = [...highlights.title, ...highlights.extract].filter(({ matched }) => matched);
    expect(marked.map(({ text }) => text.toLowerCase()).join(' ')).toMatch(/accueil/);
  }
  const feelings = testimonyFacets.find(({ dimension }) => dimension === 'FEELING')?.values ?? [];
  expect(feelings.find(({ value }) => value === 'NEGATIVE')).toMatchObject({
    count: testimonies.totalCount,
    selected: true,
  });
  // Other feelings are counted as if none were chosen yet.
  expect(feelings.length).toBeGreaterThan(1);
  const networks = testimonyFacets.find(({ dimension }) => dimension === 'NETWORK');
  expect(networks?.values.every(({ count }) => count <= testimonies.totalCount)).toBe(true);
});

test('TestimonyPage: what was said, replied and done', async () => {
  const { testimony } = await run<{
    testimony: {
      title: string;
      concerns: { reply: { body: string } | null }[];
      impacts: { title: string }[];
    };
  }>('TestimonyPage');
  expect(testimony.title).not.toBe('');
  expect(testimony.concerns.some(({ reply }) => reply !== null)).toBe(true);
  expect(testimony.impacts.length).toBeGreaterThan(0);
});

test('WeakSignals: says what was compared with what, and on how many tests', async () => {
  const { weakSignals } = await run<{
    weakSignals: {
      asOf: string;
      from: string;
      baselineFrom: string;
      testimonies: number;
      tested: number;
      level: number;
      signals: { count: number; expected: number; correctedProbability: number }[];
    };
  }>('WeakSignals');
  expect(weakSignals.baselineFrom < weakSignals.from && weakSignals.from < weakSignals.asOf).toBe(true);
  expect(weakSignals.testimonies).toBeGreaterThan(0);
  expect(weakSignals.tested).toBeGreaterThan(0);
  for (const { count, expected, correctedProbability } of weakSignals.signals) {
    expect(count).toBeGreaterThan(expected);
    expect(correctedProbability).toBeLessThanOrEqual(weakSignals.level);
  }
});

test('ClearDocuments: before and after, and those who tried', async () => {
  const { beforeAfter, testSessions, simplificationFunnel } = await run<{
    beforeAfter: List<{ before: string; after: string; testers: number }>;
    testSessions: List<{ participants: number; results: { understoodShare: number }[] }>;
    simplificationFunnel: { delays: { medianDays: number | null }[] };
  }>('ClearDocuments');
  expect(beforeAfter.totalCount).toBeGreaterThanOrEqual(12);
  for (const { before, after, testers } of beforeAfter.nodes) {
    expect(before).not.toBe(after);
    expect(testers).toBeGreaterThan(0);
  }
  expect(testSessions.totalCount).toBeGreaterThan(50);
  expect(testSessions.nodes.every(({ results }) => results.length > 0)).toBe(true);
  expect(simplificationFunnel.delays.length).toBeGreaterThan(2);
});

test('ContinuousImprovement: from the duty of self-diagnoses to what is steered nationally', async () => {
  const found = await run<{
    network: {
      selfDiagnosisDuty: { expected: number; done: number; overdue: number };
      trainingCoverage: { agents: number; trained: number; share: number }[];
    } & Record<'gaps' | 'actionPlans' | 'conferences' | 'goodPractices', List<unknown>>;
    selfDiagnosesOverdue: List<{ name: string }>;
    errorAdvice: List<{ advice: string }>;
    majorActions: { nodes: unknown[] };
    governance: { nodes: { decisions: { nodes: unknown[] } }[] };
    missingHalfYears: string[];
  }>('ContinuousImprovement');
  const { selfDiagnosisDuty: duty, trainingCoverage, ...lists } = found.network;
  expect(duty.done + duty.overdue).toBe(duty.expected);
  expect(found.selfDiagnosesOverdue.totalCount).toBe(duty.overdue);
  for (const { agents, trained, share } of trainingCoverage) expect(share).toBeCloseTo(trained / agents, 3);
  for (const list of [
    lists.gaps,
    lists.actionPlans,
    lists.conferences,
    lists.goodPractices,
    found.errorAdvice,
  ])
    expect(list.totalCount).toBeGreaterThan(0);
  expect(found.majorActions.nodes.length).toBeGreaterThan(0);
  expect(found.governance.nodes.some(({ decisions }) => decisions.nodes.length > 0)).toBe(true);
  expect(found.missingHalfYears).not.toEqual([]);
});

interface Backlog {
  structure: {
    backlogSummary: { toProcess: number; draft: number; toValidate: number };
    backlog: List<{ state: string; steps: string[]; waitingDays: number }>;
  };
}

test.each(['LOCAL_REFERENT', 'SUPER_AGENT', 'NETWORK_HQ', 'DITP'] as const)(
  'Backlog: %s sees what the structure still owes',
  async (caller) => {
    const { structure } = await run<Backlog>('Backlog', { structure: OWN_STRUCTURE }, caller);
    const { toProcess, draft, toValidate } = structure.backlogSummary;
    expect(structure.backlog.totalCount).toBe(toProcess + draft + toValidate);
    expect(structure.backlog.totalCount).toBeGreaterThan(0);
    expect(structure.backlog.nodes.every(({ steps }) => steps.length > 0)).toBe(true);
  },
);

test('ToExamine: reports that wait, with what their reporters said', async () => {
  const { reportsToTriage } = await run<{
    reportsToTriage: List<{ possibleSteps: string[]; receivedOn: string; comment: string | null }>;
  }>('ToExamine', {}, 'NETWORK_HQ');
  expect(reportsToTriage.totalCount).toBeGreaterThan(0);
  const days = reportsToTriage.nodes.map(({ receivedOn }) => receivedOn);
  expect(days).toEqual(days.toSorted());
  expect(reportsToTriage.nodes.some(({ comment }) => comment !== null)).toBe(true);
});

test('Moderation: what a portal submits waits there, and nowhere else', async () => {
  const submitted = await ask<{ submitTestimony: { testimony: { id: string }; userErrors: unknown[] } }>(
    hub.url,
    `mutation ($input: SubmitTestimonyInput!) { submitTestimony(input: $input) {
      testimony { id } userErrors { code path } } }`,
    {
      input: {
        idempotencyKey: 'operations-voice-1',
        title: 'Appelez-moi au 06 12 34 56 78',
        body: 'Le guichet était fermé sans prévenir.',
        feeling: 'NEGATIVE',
        concerns: [{ structure: OWN_STRUCTURE, channels: ['Guichet'] }],
        consent: 'publication-2026',
      },
    },
    { key: keys.PUBLIC },
  );
  expect(submitted.data.submitTestimony.userErrors).toEqual([]);
  const { id } = submitted.data.submitTestimony.testimony;
  const { moderationQueue } = await run<{
    moderationQueue: List<{ id: string; possibleSteps: string[]; hints: { code: string; field: string }[] }>;
  }>('Moderation', {}, 'MODERATOR');
  const waiting = moderationQueue.nodes.find((node) => node.id === id);
  expect(waiting?.hints).toMatchObject([{ code: 'PHONE', field: 'TITLE' }]);
  const { testimony } = await run<{ testimony: null }>('TestimonyPage', { testimony: id });
  expect(testimony).toBeNull();
});

test.each(['Backlog', 'ToExamine', 'Moderation'])('%s is nothing to anybody', async (name) => {
  const { query, variables } = operation(name);
  const { errors } = await ask(hub.url, query, variables);
  expect(errors?.[0]?.extensions.code).not.toBeUndefined();
});

test('ResultStatistics: a group that withholds nothing has the figure of its place', async () => {
  interface Group {
    network: { name: string };
    region?: { id: string };
    value: number;
    basis: string;
    results: number;
    withheld: number;
    coverage: { publishing: number; expected: number };
    lowest: number;
    median: number;
    highest: number;
  }
  const { byNetwork, byRegion, bySetting } =
    await run<Record<'byNetwork' | 'byRegion' | 'bySetting', List<Group>>>('ResultStatistics');
  expect([byNetwork.totalCount, bySetting.totalCount]).toEqual([5, 9]);
  for (const { lowest, median, highest, results, withheld, coverage } of byRegion.nodes) {
    expect(lowest <= median && median <= highest).toBe(true);
    expect(results + withheld).toBe(coverage.publishing);
  }
  const { data } = await ask<{ network: { name: string; figures: { nodes: Figure[] } } }>(
    hub.url,
    `{ network(id: "NET-france-travail") { name figures(indicator: "IND-SATISFACTION", level: REGION, period: "2024") {
       nodes { territory { id } value basis coverage { publishing expected } } } } }`,
  );
  type Figure = Pick<Group, 'value' | 'basis' | 'coverage'> & { territory: { id: string } };
  const whole = byRegion.nodes.filter(
    ({ network, withheld }) => network.name === data.network.name && withheld === 0,
  );
  expect(whole.length).toBeGreaterThan(5);
  for (const { region, value, basis, coverage } of whole) {
    const figure = data.network.figures.nodes.find(({ territory }) => territory.id === region?.id);
    expect(figure).toEqual({ territory: { id: region?.id }, value, basis, coverage });
  }
});
