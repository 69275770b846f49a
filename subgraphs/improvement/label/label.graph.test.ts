import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Viewer } from '../../../kernel/viewer.ts';
import { insertRows } from '../../../test/kit/insert.ts';
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

const { ask, write, stored, owner } = await improvementWriters();

/** ISO day, so many days from today. */
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
const TODAY = day(0);

interface Application {
  id: string;
  version: number;
  state: string;
}

const FIELDS = 'application { id version state publication wantedLevel level grantedOn expiresOn reason }';
const apply = (who: Viewer, subject: object, more: object = {}) =>
  write(who, 'applyForLabel', 'ApplyForLabelInput', { subject, level: 'GOLD', ...more }, FIELDS);
const step = (name: string, who: Viewer, { id, version }: Application, more: object = {}) =>
  write(who, name, 'StepInput', { id, version, ...more }, FIELDS);
const audit = (who: Viewer, { id, version }: Application, more: object = {}) =>
  write(
    who,
    'recordLabelAudit',
    'RecordLabelAuditInput',
    { id, version, organisation: 'Bureau Exemple', on: TODAY, score: 87.35, conform: true, ...more },
    FIELDS,
  );
const survey = (who: Viewer, { id, version }: Application, kind: string, more: object = {}) =>
  write(
    who,
    'recordLabelSurvey',
    'RecordLabelSurveyInput',
    { id, version, kind, on: TODAY, respondents: 3, satisfied: 2, ...more },
    FIELDS,
  );
const award = (who: Viewer, { id, version }: Application, more: object = {}) =>
  write(
    who,
    'awardLabel',
    'AwardLabelInput',
    { id, version, level: 'SILVER', grantedOn: TODAY, ...more },
    FIELDS,
  );
const application = ({ application: done }: { [field: string]: unknown }) => done as Application;

/** Ends an application that is under way, so that another can be made. */
const putAway = async (id: string) => {
  const { version } = await stored<{ version: number }>('label', id, 'version');
  await write(DITP, 'refuseLabel', 'StepInput', { id, version, reason: 'Fin' }, FIELDS);
};

test('a label is awarded on an audit and two surveys, and everybody then reads what it was awarded on', async () => {
  const applied = application(await apply(REFERENT, LOCAL));
  expect(applied).toMatchObject({ version: 1, state: 'APPLIED', publication: 'DRAFT', wantedLevel: 'GOLD' });
  expect(outcomeOf(await award(DITP, applied))).toBe('IMPOSSIBLE_TRANSITION');
  const reviewed = application(await step('startLabelReview', DITP, applied));
  expect(reviewed).toMatchObject({ version: 2, state: 'UNDER_REVIEW' });
  expect((await award(DITP, reviewed)).userErrors?.map(({ code }) => code)).toEqual([
    'AUDIT_MISSING',
    'USER_SURVEY_MISSING',
    'AGENT_SURVEY_MISSING',
  ]);
  const failed = application(await audit(DITP, reviewed, { conform: false, score: 40 }));
  const asked = application(await survey(REFERENT, failed, 'USERS'));
  const both = application(await survey(HQ, asked, 'AGENTS', { respondents: 8, satisfied: 8 }));
  expect((await award(DITP, both)).userErrors).toMatchObject([{ code: 'AUDIT_NOT_CONFORM' }]);
  // Of two audits of one day, the last one recorded counts.
  const audited = application(await audit(DITP, both, { summary: 'Accueil attentif.' }));
  const read = (who: Viewer) =>
    ask(
      who,
      `{ label(id: "${both.id}") { level grantedOn expiresOn audits { organisation score conform summary auditedOn }
          surveys { kind respondents satisfied satisfiedShare } } }`,
    );
  expect((await read(DITP)).data).toEqual({ label: null });
  const done = application(await award(DITP, audited));
  expect(done).toMatchObject({ version: 7, state: 'AWARDED', publication: 'PUBLISHED', level: 'SILVER' });
  expect((await read(ANALYST)).data.label).toMatchObject({
    level: 'SILVER',
    grantedOn: TODAY,
    audits: [
      { score: 40, conform: false, summary: null },
      { organisation: 'Bureau Exemple', score: 87.35, conform: true, summary: 'Accueil attentif.' },
    ],
    surveys: [
      { kind: 'USERS', respondents: 3, satisfied: 2, satisfiedShare: 66.666667 },
      { kind: 'AGENTS', respondents: 8, satisfied: 8, satisfiedShare: 100 },
    ],
  });

  const withdrawn = await step('withdrawLabel', DITP, done, { reason: 'Accueil fermé' });
  expect(application(withdrawn)).toMatchObject({ state: 'WITHDRAWN', reason: 'Accueil fermé' });
  const after = await ask(ANALYST, `{ label(id: "${both.id}") { withdrawnOn } }`);
  expect(after.data.label).toEqual({ withdrawnOn: TODAY });
});

test('who may do what, and where', async () => {
  for (const [who, subject, outcome] of [
    [REFERENT, LOCAL, 'done'],
    [HQ, LOCAL, 'ALREADY_APPLIED'],
    [HQ, { network: 'NET-caf', structure: 'STR-caf-62', site: 'SITE-caf-62' }, 'done'],
    [HQ, NATIONAL, 'BAD_SUBJECT'],
    [HQ, { network: 'NET-caf', territory: 'DEP-62' }, 'BAD_SUBJECT'],
    [SIBLING, LOCAL, 'NOT_FOUND'],
    [OTHER_HQ, LOCAL, 'NOT_FOUND'],
    [OTHER_HQ, { network: 'NET-nobody', structure: 'STR-caf-62' }, 'NOT_FOUND'],
    [ANALYST, LOCAL, 'FORBIDDEN'],
    [DITP, { network: 'NET-france-travail', structure: 'STR-ft-bapaume' }, 'done'],
  ] as const) {
    expect([who.role, subject, outcomeOf(await apply(who, subject))]).toEqual([who.role, subject, outcome]);
  }
  const work = async (who: Viewer, network: string, filter = '{}') => {
    const { data } = await ask(
      who,
      `{ improvementWork(network: "${network}") { labelApplications(filter: ${filter}) { totalCount nodes { state site { id } audits { id } } } } }`,
    );
    return data.improvementWork?.labelApplications.totalCount ?? null;
  };
  expect(await work(HQ, 'NET-caf', '{ state: [APPLIED] }')).toBe(2);
  expect(await work(REFERENT, 'NET-caf', '{ state: [APPLIED] }')).toBe(2);
  expect(await work(SIBLING, 'NET-caf')).toBe(0);
  expect(await work(OTHER_HQ, 'NET-caf')).toBeNull();
  expect(await work(OTHER_HQ, 'NET-france-travail')).toBe(1);
  expect(await work(DITP, 'NET-france-travail')).toBe(1);

  const { rows } = await sql<{ id: string }>`
    select id from improvement.label where state = 'APPLIED' order by id`.execute(owner);
  const [one] = rows;
  if (one === undefined) throw new Error('nothing was applied for');
  for (const who of [HQ, REFERENT]) {
    expect(outcomeOf(await step('startLabelReview', who, { ...one, version: 1, state: '' }))).toBe(
      'FORBIDDEN',
    );
    expect(outcomeOf(await audit(who, { ...one, version: 1, state: '' }))).toBe('FORBIDDEN');
    expect(outcomeOf(await award(who, { ...one, version: 1, state: '' }))).toBe('FORBIDDEN');
  }
  for (const { id } of rows) await putAway(id);
});

test('a label that does not exist and one out of reach are answered alike, after the same statements', async () => {
  const made = application(await apply(HQ, LOCAL));
  for (const who of [SIBLING, OTHER_HQ]) {
    const there = await countStatements(() => survey(who, made, 'USERS'));
    const nowhere = await countStatements(() =>
      survey(who, { ...made, id: `LABEL-${randomUUID()}` }, 'USERS'),
    );
    expect(there.result).toMatchObject({ error: 'NOT_FOUND', message: 'No such label.' });
    expect(there.result).toEqual(nowhere.result);
    expect(there.statements).toEqual(nowhere.statements);
    const read = await ask(who, `{ labelApplication(id: "${made.id}") { state } }`);
    expect(read.data).toEqual({ labelApplication: null });
  }
  await putAway(made.id);
});

test('sent again, an application is not made again; of two at once for a place, one is', async () => {
  const idempotencyKey = randomUUID();
  const first = await apply(HQ, LOCAL, { idempotencyKey });
  expect(await apply(HQ, LOCAL, { idempotencyKey })).toEqual(first);
  await putAway(application(first).id);
  const both = await Promise.all([apply(HQ, LOCAL), apply(REFERENT, LOCAL)]);
  expect(both.map(outcomeOf).sort()).toEqual(['ALREADY_APPLIED', 'done']);
  await putAway(both.map(application).find((made) => made !== null)?.id ?? '');
});

test('what is recorded is right, and of the time since the application', async () => {
  const made = application(await apply(HQ, LOCAL));
  const open = application(await step('startLabelReview', DITP, made));
  for (const [sent, code] of [
    [audit(DITP, open, { score: 100.1 }), 'OUT_OF_RANGE'],
    [audit(DITP, open, { organisation: '  ' }), 'REQUIRED'],
    [audit(DITP, open, { on: day(-1) }), 'BEFORE_APPLICATION'],
    [audit(DITP, open, { on: day(2) }), 'IN_THE_FUTURE'],
    [survey(HQ, open, 'AGENTS', { respondents: 0, satisfied: 0 }), 'OUT_OF_RANGE'],
    [survey(HQ, open, 'AGENTS', { satisfied: 4 }), 'OUT_OF_RANGE'],
    [survey(HQ, open, 'AGENTS', { on: day(2) }), 'IN_THE_FUTURE'],
    [step('refuseLabel', DITP, open), 'REQUIRED'],
    [award(DITP, open, { grantedOn: day(2) }), 'IN_THE_FUTURE'],
  ] as const) {
    expect([code, (await sent).userErrors?.[0]?.code]).toEqual([code, code]);
  }
  expect(await stored('label', open.id, 'version, state')).toEqual({ version: 2, state: 'UNDER_REVIEW' });
  await putAway(open.id);
});

test('what a file told is withdrawn in the hub like any other, and is not of the file any more', async () => {
  await insertRows(owner, 'improvement.label', [
    {
      network_id: 'NET-caf',
      id: 'LABEL-FILE',
      structure_id: 'STR-caf-75',
      site_id: 'SITE-caf-75',
      level: 'BRONZE',
      granted_on: day(-30),
      expires_on: day(1000),
      published: true,
    },
  ]);
  const { data } = await ask(HQ, '{ labelApplication(id: "LABEL-FILE") { state version appliedOn } }');
  expect(data.labelApplication).toEqual({ state: 'AWARDED', version: 1, appliedOn: null });
  const done = await step(
    'withdrawLabel',
    DITP,
    { id: 'LABEL-FILE', version: 1, state: '' },
    { reason: 'X' },
  );
  expect(application(done)).toMatchObject({ state: 'WITHDRAWN', version: 2, publication: 'PUBLISHED' });
  const site = await ask(ANALYST, '{ labels(filter: { site: "SITE-caf-75" }) { nodes { id withdrawnOn } } }');
  expect(site.data.labels.nodes).toEqual([{ id: 'LABEL-FILE', withdrawnOn: TODAY }]);
});

test('labels in force that are soon over; a page costs the same whatever it holds', async () => {
  const label = { network_id: 'NET-france-travail', level: 'GOLD', granted_on: day(-500), published: true };
  await insertRows(
    owner,
    'improvement.label',
    [
      { id: 'LABEL-SOON', expires_on: day(20) },
      { id: 'LABEL-LATE', expires_on: day(300) },
      { id: 'LABEL-OVER', expires_on: day(-1) },
      { id: 'LABEL-BACK', expires_on: day(20), withdrawn_on: day(-2), state: 'WITHDRAWN' },
      { id: 'LABEL-DRAFT', expires_on: day(20), published: false },
    ].map((row) => ({ ...label, ...row })),
  );
  await insertRows(
    owner,
    'improvement.label_audit',
    ['SOON', 'LATE', 'DRAFT'].map((name) => ({
      id: `AUDIT-${name}`,
      label_id: `LABEL-${name}`,
      network_id: 'NET-france-travail',
      organisation: name,
      audited_on: day(-510),
      score: 80,
      conform: true,
    })),
  );
  const list = (filter: string, first = 20) =>
    countStatements(() =>
      ask(
        ANALYST,
        `{ labels(first: ${first}, filter: { network: "NET-france-travail" ${filter} }) { totalCount nodes { id audits { organisation } surveys { kind } } } }`,
      ),
    );
  const soon = await list(`inForceOn: "${TODAY}" expiresBefore: "${day(90)}"`);
  expect(soon.result.data.labels.nodes).toEqual([
    { id: 'LABEL-SOON', audits: [{ organisation: 'SOON' }], surveys: [] },
  ]);
  const all = await list('');
  expect(all.result.data.labels.totalCount).toBe(4);
  expect(all.statements).toHaveLength(4);
  expect((await list('', 1)).statements).toHaveLength(4);
});
