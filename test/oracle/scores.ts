import { type AskGraph, forEachOf, millionths } from './ask.ts';
import { type Comparison, compareTables } from './compare.ts';
import type { Cell, Duck } from './duck.ts';

interface Score {
  value: number | null;
  suppressed: string | null;
  numerator: number | null;
  denominator: number | null;
  respondents: number | null;
}

const SCORE = `query ($id: ID!, $period: String!) {
  procedure(id: $id) { onlineQuality(period: $period) { value suppressed numerator denominator respondents } }
}`;

const COLUMNS = {
  subject_id: 'varchar',
  period: 'varchar',
  value: 'hugeint',
  suppressed: 'varchar',
  numerator: 'hugeint',
  denominator: 'hugeint',
  respondents: 'bigint',
};

/** Scores of the online procedures that the directory knows: what the graph says against what `sql/procedures.sql` made. */
export async function compareScores(duck: Duck, ask: AskGraph): Promise<Comparison> {
  const rows: Cell[][] = [];
  const keys = await duck.rows<{ id: string; period: string }>(
    'select distinct subject_id as id, period from expected_score order by all',
  );
  const known = new Set<string>();
  await forEachOf(keys, async (key) => {
    const { procedure } = await ask<{ procedure: { onlineQuality: Score | null } | null }>(SCORE, { ...key });
    if (procedure === null) return;
    known.add(key.id);
    const { onlineQuality: score } = procedure;
    if (score !== null) rows.push([key.id, key.period, ...cellsOf(score)]);
  });
  await duck.fill('answered_score', COLUMNS, rows);
  const shown = (name: string, type: string) =>
    `if(too_small or suppressed is not null, null, ${name})::${type} as ${name}`;
  return compareTables(
    duck,
    'scores of online procedures',
    `select subject_id, period, ${shown('value', 'hugeint')},
            if(too_small, 'SMALL_SAMPLE', nullif(suppressed, 'SMALL_SAMPLE')) as suppressed,
            ${shown('numerator', 'hugeint')}, ${shown('denominator', 'hugeint')}, ${shown('respondents', 'bigint')}
       from expected_score where subject_id in (${["''", ...[...known].map((id) => `'${id}'`)].join(', ')})`,
    'select * from answered_score',
  );
}

const cellsOf = ({ value, suppressed, numerator, denominator, respondents }: Score): Cell[] => [
  millionths(value),
  suppressed,
  millionths(numerator),
  millionths(denominator),
  respondents,
];
