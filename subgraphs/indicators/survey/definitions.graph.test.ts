import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import type { Undoable } from '../../../kernel/import/feed.ts';
import { rollbackImport } from '../../../kernel/import/rollback.ts';
import { type MadeAnswer, withAnswers } from '../fixtures/answers.ts';
import { writersCountry } from '../fixtures/writers.ts';
import { indicatorsFeeds } from '../import/feeds.ts';

/** A question that is asked otherwise from a day within a period on: no answer to one counts for the other. */
const world = await writersCountry();
const { database, owner } = world;
const { file, send, publishAll } = withAnswers(world);

let year = 2000;
let made = 0;
beforeEach(async () => {
  year += 1;
  await sql`delete from indicators.definition where version > 1`.execute(owner);
});

const answers = (day: string, count: number, answer: MadeAnswer['answer']): MadeAnswer[] =>
  Array.from({ length: count }, () => {
    made += 1;
    return {
      reference: `D-${made}`,
      question: 'IND-EFFORT',
      subject: 'SITE-a1',
      day: `${year}-${day}`,
      answer,
    };
  });
const yes = (day: string, count = 40) => answers(day, count, 'VERY_FAVOURABLE');
const no = (day: string, count = 40) => answers(day, count, 'VERY_UNFAVOURABLE');

/** Another question, or the same asked in another way, in force from a day on. */
const define = (validFrom: string, question: string | null, version = 2) =>
  sql`
  insert into indicators.definition
    select indicator_id, ${version}::integer, title, user_title, coalesce(${question}, question), family, unit, direction,
           frequency, formula, sources, methods, ${validFrom}::date
      from indicators.definition where indicator_id = 'IND-EFFORT' and version = 1`.execute(owner);

/** « EFFORT 1: 100 of 40 », the results of the site that stand. */
async function results(): Promise<string[]> {
  const { rows } = await sql<{ result: string }>`
    select concat(substr(indicator_id, 5), ' ', definition_version, ': ', value, ' of ', respondents) as result
      from indicators.result
     where publication_to is null and subject_id = 'SITE-a1' and period_start = ${`${year}-01-01`}::date
     order by indicator_id, definition_version`.execute(owner);
  return rows.map(({ result }) => result);
}

const APART = ['EFFORT 1: 100 of 40', 'EFFORT 2: 0 of 40', 'EFFORT_NET 1: 100 of 40'];

test('each answer counts for the question that was asked on its day', async () => {
  await define(`${year}-07-01`, 'Une autre question ?');
  await file([...yes('06-30'), ...no('07-01')]);
  expect(await results()).toEqual(APART);
  const { rows } = await sql`
    select definition_version as version, value, respondents from indicators.figure
     where indicator_id = 'IND-EFFORT' and territory_id = 'FR' and period_start = ${`${year}-01-01`}::date
     order by 1`.execute(owner);
  expect(rows).toEqual([
    { version: 1, value: '100', respondents: 40 },
    { version: 2, value: '0', respondents: 40 },
  ]);
});

test('whichever comes first, and taken out again', async () => {
  await define(`${year}-07-01`, 'Une autre question ?');
  const late = await file(no('09-01'));
  expect(await results()).toEqual(['EFFORT 2: 0 of 40']);
  await file(yes('02-01'));
  expect(await results()).toEqual(APART);
  const undoable = new Map<string, Undoable>(indicatorsFeeds.map((feed) => [feed.name, feed]));
  await rollbackImport(undoable, 'indicators', late.importId ?? '', { databaseUrl: database.url });
  expect(await results()).toEqual(APART.filter((result) => !result.startsWith('EFFORT 2')));
});

test('answers that came through the graph too', async () => {
  await define(`${year}-07-01`, 'Une autre question ?');
  await send(yes('02-01'));
  await send(no('09-01'));
  expect(await publishAll()).toMatchObject({ answers: 80, left: 0, userErrors: [] });
  expect(await results()).toEqual(APART);
});

test('asked in another way, of the same question: two results all the same, and no answer in both', async () => {
  await define(`${year}-07-01`, null);
  await file([...yes('02-01'), ...no('09-01')]);
  expect(await results()).toEqual([...APART.slice(0, 2), 'EFFORT_NET 1: 0 of 80']);
});

test('declared afterwards, from a day on: what was counted before is counted again', async () => {
  await file([...yes('02-01'), ...no('09-01', 39)]);
  expect(await results()).toEqual(['EFFORT 1: 50.632911 of 79', 'EFFORT_NET 1: 1.265823 of 79']);
  await define(`${year}-07-01`, 'Une autre question ?');
  await file(no('09-02', 1));
  expect(await results()).toEqual(APART);
});

test('declared afterwards for the whole period: the result of before is ended', async () => {
  await file(no('02-01', 39));
  await define(`${year}-01-01`, null);
  await file(no('09-01', 1));
  expect(await results()).toEqual(['EFFORT 2: 0 of 40', 'EFFORT_NET 1: -100 of 40']);
});
