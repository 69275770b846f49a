import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Undoable } from '../../../kernel/import/feed.ts';
import type { ImportReport } from '../../../kernel/import/report.ts';
import { rollbackImport } from '../../../kernel/import/rollback.ts';
import { answersFile, madeAnswers, withAnswers } from '../fixtures/answers.ts';
import { importText, problemsOf } from '../fixtures/import-text.ts';
import { writersCountry } from '../fixtures/writers.ts';
import { indicatorsFeeds } from '../import/feeds.ts';
import { surveyAnswers } from '../import/survey-answers.merge.ts';
import { indicatorsWritten } from '../publication/written.ts';
import { purgeAnswers } from './purge.query.ts';

const world = await writersCountry();
const { database, owner, ask, correct, withdraw } = world;
const { expectCounted, file, send, publishAll } = withAnswers(world);
const undoable = new Map<string, Undoable>(
  [...indicatorsFeeds, ...indicatorsWritten].map((feed) => [feed.name, feed]),
);
const undo = (report: ImportReport) =>
  rollbackImport(undoable, 'indicators', report.importId ?? '', { databaseUrl: database.url });

test('answers are counted into distributions, and one question feeds the rate and its net rate', async () => {
  const answers = madeAnswers(800, 2019, 'A');
  const report = await file(answers);
  expect(problemsOf(report)).toEqual([]);
  expect(report).toMatchObject({ state: 'PUBLISHED', merge: { inserted: 800, unchanged: 0 } });
  await expectCounted(2019, answers);
});

test('later files add to what was counted, in any order, with what is known in between', async () => {
  const answers = madeAnswers(600, 2018, 'B');
  const [first, second, third] = [answers.slice(0, 250), answers.slice(250, 400), answers.slice(400)];
  await file(first);
  // Half of what is known comes again, shuffled among what is new, and a row twice.
  const mixed = [...second, ...first.slice(0, 100), ...second.slice(0, 1)].toSorted((a, b) =>
    a.reference < b.reference ? 1 : -1,
  );
  const report = await file(mixed);
  expect(problemsOf(report)).toEqual(['DUPLICATE_ROW NOTICE 1', 'KNOWN_ANSWER NOTICE 100']);
  expect(report.merge).toMatchObject({ inserted: 150, unchanged: 100 });
  await expectCounted(2018, [...first, ...second]);
  // The third part comes through the graph, and waits.
  expect(await send(third)).toMatchObject({ added: 200, known: 0, refused: 0 });
  await expectCounted(2018, [...first, ...second]);
  expect(await publishAll()).toMatchObject({ answers: 200, left: 0, userErrors: [] });
  await expectCounted(2018, answers);
  // The first file again, as another file: nothing is new.
  const again = await importText(database.url, surveyAnswers, `${answersFile(first)}\n`);
  expect(again).toMatchObject({
    state: 'PUBLISHED',
    merge: { inserted: 0, unchanged: 250, details: { results: 0 } },
  });
  await expectCounted(2018, answers);
});

test('a rollback takes the answers of a file out, whatever came after it', async () => {
  const answers = madeAnswers(400, 2017, 'C');
  const parts = [answers.slice(0, 130), answers.slice(130, 270), answers.slice(270)] as const;
  const [first, second, third] = [await file(parts[0]), await file(parts[1]), await file(parts[2])];
  await undo(second);
  await expectCounted(2017, [...parts[0], ...parts[2]]);
  await file(parts[1], { force: true });
  await expectCounted(2017, answers);
  await undo(first);
  await undo(third);
  await expectCounted(2017, parts[1]);
});

test('a result without any answer left is gone; so are figures made of it alone', async () => {
  const report = await file(madeAnswers(60, 2016, 'D'));
  await undo(report);
  await expectCounted(2016, []);
});

test('what came through the graph waits again when its publication is undone', async () => {
  const answers = madeAnswers(90, 2015, 'E');
  await send(answers);
  const { publication } = await publishAll();
  await expectCounted(2015, answers);
  const entry = await owner
    .selectFrom('indicators.import')
    .select('id')
    .where('publication', '=', String(publication))
    .executeTakeFirstOrThrow();
  await rollbackImport(undoable, 'indicators', entry.id, { databaseUrl: database.url });
  await expectCounted(2015, []);
  expect(await publishAll()).toMatchObject({ answers: 90 });
  await expectCounted(2015, answers);
});

test('what is wrong with an answer is told by its line, and nothing of the file is kept', async () => {
  const header = 'reseau;reference;code_sp_structure;site;question;repondu_le;reponse';
  await file(madeAnswers(1, 2014, 'known').map((one) => ({ ...one, subject: 'SITE-a1' })));
  const report = await importText(
    database.url,
    surveyAnswers,
    [
      header,
      'agences;F1;;SITE-a1;SATISFACTION;2014-05-01;bof',
      'agences;F2;STR-pair;SITE-a1;SATISFACTION;2014-05-01;très',
      'agences;F3;;SITE-nowhere;SATISFACTION;2014-05-01;très',
      'agences;F4;;SITE-k1;SATISFACTION;2014-05-01;très',
      'agences;F5;;SITE-a1;IND-NONE;2014-05-01;très',
      'agences;F6;;SITE-a1;TAUX_DECROCHE;2014-05-01;très',
      'agences;F7;;SITE-a1;SATISFACTION;2199-05-01;très',
      'agences;F8;;SITE-a1;SATISFACTION;2014-05-01;très',
      'agences;F8;;SITE-a1;SATISFACTION;2014-05-01;plutôt',
      'agences;known-0;;SITE-a1;SATISFACTION_DELAI;2014-05-02;très',
      ';F9;;SITE-a1;SATISFACTION;2014-05-02;très',
      'nobody;F10;;SITE-a1;SATISFACTION;2014-05-02;très',
      'agences;a b;;SITE-a1;SATISFACTION;2014-05-02;très',
    ].join('\n'),
  );
  expect(report.state).toBe('REFUSED');
  expect(problemsOf(report)).toEqual([
    'BAD_CODE REJECTED 1',
    'BAD_SUBJECT REJECTED 1',
    'CONTRADICTORY_ANSWER REJECTED 1',
    'CONTRADICTORY_ROW REJECTED 2',
    'FUTURE_DATE REJECTED 1',
    'NOT_ALLOWED REJECTED 1',
    'NOT_ON_SCALE REJECTED 1',
    'OTHER_NETWORK QUARANTINED 1',
    'REQUIRED REJECTED 1',
    'UNKNOWN_INDICATOR QUARANTINED 1',
    'UNKNOWN_NETWORK QUARANTINED 1',
    'UNKNOWN_SITE QUARANTINED 1',
  ]);
  const contradictory = report.problems.find(({ code }) => code === 'CONTRADICTORY_ANSWER');
  expect(contradictory?.samples).toEqual([
    expect.objectContaining({ line: 11, column: 'reference', sample: null }),
  ]);
});

test('what headquarters corrected or withdrew is not counted over', async () => {
  const answers = madeAnswers(30, 2013, 'G').map((one) => ({
    ...one,
    question: 'IND-RELATION',
    subject: 'SITE-a1',
  }));
  const first = await file(answers.slice(0, 20));
  const which = { indicator: 'IND-RELATION', site: 'SITE-a1', period: '2013' };
  const version = Number(first.publication);
  const corrected = await correct({ ...which, version, value: '50' });
  expect(corrected.error).toBeUndefined();
  expect(problemsOf(await file(answers.slice(20)))).toEqual(['PUBLISHED_OTHERWISE QUARANTINED 10']);
  expect((await send(answers.slice(20))).userErrors[0]).toMatchObject({
    code: 'PUBLISHED_OTHERWISE',
    path: ['input', 'answers', '0', 'question'],
  });
  await expect(undo(first)).rejects.toMatchObject({ code: 'CONFLICT' });
  const gone = await withdraw({ ...which, version: corrected.result.publication });
  expect(gone.error).toBeUndefined();
  expect(problemsOf(await file(answers.slice(20), { force: true }))).toEqual([
    'PUBLISHED_OTHERWISE QUARANTINED 10',
  ]);
});

test('a purge erases what was published long ago: results stay, and late answers are refused', async () => {
  const answers = madeAnswers(120, 2011, 'H');
  const report = await file(answers.slice(0, 100));
  const waiting = answers.slice(100);
  await send(waiting);
  const owners = database.connect<unknown>('indicators', 'owner');
  // Some of the questions have answers that wait: those stay whole.
  const early = await purgeAnswers(owners, 365, '2012-12-29');
  expect(early).toEqual({ erased: 0, left: 0 });
  const { left } = await purgeAnswers(owners, 365, '2012-12-30');
  expect(left).toBeGreaterThan(20);
  await publishAll();
  await expectCounted(2011, answers);
  await purgeAnswers(owners, 365, '2012-12-30');
  const kept = await sql`select from indicators.survey_answer where answered_on < '2012-01-01'`.execute(
    owner,
  );
  expect(kept.rows).toEqual([]);
  await expectCounted(2011, answers);
  const late = madeAnswers(5, 2011, 'late', 7);
  expect(problemsOf(await file(late))).toEqual(['PURGED_PERIOD QUARANTINED 5']);
  const sent = await send([...late, ...madeAnswers(1, 2012, 'next')]);
  expect(sent).toMatchObject({ added: 1, refused: 5 });
  expect(sent.userErrors[4]).toMatchObject({
    code: 'PURGED_PERIOD',
    path: ['input', 'answers', '4', 'answeredOn'],
  });
  await expect(undo(report)).rejects.toMatchObject({ code: 'CONFLICT' });
  await expectCounted(2011, answers);
});

test('an answer is in no row that the public or an agent reads, and few of them are withheld', async () => {
  const answers = madeAnswers(14, 2025, 'I').map((one, index) => ({
    ...one,
    question: 'IND-EFFORT',
    subject: index < 10 ? 'SITE-c1' : 'SITE-b1',
  }));
  await file(answers);
  for (const role of ['public', 'agent'] as const) {
    const db = database.connect<unknown>('indicators', role);
    for (const table of ['survey_answer', 'survey_intake', 'survey_purge']) {
      await expect(sql`select from indicators.${sql.id(table)}`.execute(db)).rejects.toThrow(
        'permission denied',
      );
    }
  }
  const shown = await ask(
    { role: 'PUBLIC', subject: null, network: null, structure: null },
    `{ _entities(representations: [{ __typename: "Site", id: "SITE-c1" }]) { ... on Site {
      results(period: "2025") { indicator { id } value suppressed respondents distribution { favourable } numerator } } } }`,
  );
  expect(shown.data._entities[0].results).toEqual(
    ['IND-EFFORT', 'IND-EFFORT_NET'].map((id) => ({
      indicator: { id },
      value: null,
      suppressed: 'SMALL_SAMPLE',
      respondents: null,
      distribution: null,
      numerator: null,
    })),
  );
});
