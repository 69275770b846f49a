import type { AskGraph } from './ask.ts';
import { type Comparison, compareTables } from './compare.ts';
import type { Duck } from './duck.ts';
import { askFigures, type Group, inGroups } from './figures-answered.ts';

const PARTS = ['numerator', 'denominator'].map((name) => `${name}::hugeint as ${name}`);
const COUNTS = [
  'respondents',
  'answers_1',
  'answers_2',
  'answers_3',
  'answers_4',
  'publishing',
  'expected',
].map((name) => `${name}::bigint as ${name}`);

/** Every figure of these groups at every level: what the graph says against what `sql/figures.sql` made. */
export async function compareFigures(
  duck: Duck,
  ask: AskGraph,
  groups: readonly Group[],
): Promise<Comparison> {
  await askFigures(duck, ask, groups);
  return compareTables(
    duck,
    'figures of territories',
    `select network_id, indicator_id, period, territory_id, value::hugeint as value, basis, suppressed,
            ${PARTS.join(', ')}, ${COUNTS.join(', ')}
       from shown_figure where (network_id, indicator_id, period) in (${inGroups(groups)})`,
    'select * from answered_figure',
  );
}
