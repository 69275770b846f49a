import { type AskGraph, forEachOf, millionths } from './ask.ts';
import type { Cell, Duck } from './duck.ts';
import type { Group } from './figures-answered.ts';

interface Placed {
  setting?: string;
  density?: string;
  figure: {
    value: number | null;
    basis: string;
    suppressed: string | null;
    numerator: number | null;
    denominator: number | null;
    respondents: number | null;
    coverage: { publishing: number; expected: number };
  };
}

interface Answer {
  network: {
    equality: {
      deciles: { values: number[] } | null;
      decilesByRespondents: { values: number[] } | null;
      bySetting: Placed[];
      byDensity: Placed[];
      ruralUrbanGap: number | null;
    } | null;
  };
}

const FIGURE =
  'figure { value basis suppressed numerator denominator respondents coverage { publishing expected } }';
const EQUALITY = `query ($network: ID!, $indicator: ID!, $period: String!) {
  network(id: $network) { equality(indicator: $indicator, period: $period) {
    deciles { values } decilesByRespondents { values } ruralUrbanGap
    bySetting { setting ${FIGURE} } byDensity { density ${FIGURE} }
  } }
}`;

const KEY = { network_id: 'varchar', indicator_id: 'varchar', period: 'varchar' };
const DECILE = { ...KEY, weight: 'varchar', k: 'bigint', twice: 'hugeint' };
const SETTING = {
  ...KEY,
  place: 'varchar',
  value: 'hugeint',
  basis: 'varchar',
  suppressed: 'varchar',
  numerator: 'hugeint',
  denominator: 'hugeint',
  respondents: 'bigint',
  publishing: 'bigint',
  expected: 'bigint',
};
const GAP = { ...KEY, gap: 'hugeint' };

/** Fills `answered_decile`, `answered_setting` and `answered_gap` with how equal the units of these groups are. */
export async function askEquality(duck: Duck, ask: AskGraph, groups: readonly Group[]): Promise<void> {
  const [deciles, settings, gaps]: Cell[][][] = [[], [], []];
  await forEachOf(groups, async ({ network_id, indicator_id, period }) => {
    const asked = { network: network_id, indicator: indicator_id, period };
    const { equality } = (await ask<Answer>(EQUALITY, asked)).network;
    if (equality === null) return;
    const key = [network_id, indicator_id, period];
    const tell = (weight: string, found: { values: number[] } | null) =>
      found?.values.forEach((value, at) => {
        // A decile has seven decimals where it stands between two values of six: twice it has six.
        deciles?.push([...key, weight, at + 1, millionths(Number((2 * value).toFixed(6)))]);
      });
    tell('UNITS', equality.deciles);
    tell('RESPONDENTS', equality.decilesByRespondents);
    for (const placed of [...equality.bySetting, ...equality.byDensity]) {
      settings?.push([...key, placed.setting ?? placed.density ?? '', ...cellsOf(placed)]);
    }
    gaps?.push([...key, millionths(equality.ruralUrbanGap)]);
  });
  await duck.fill('answered_decile', DECILE, deciles ?? []);
  await duck.fill('answered_setting', SETTING, settings ?? []);
  await duck.fill('answered_gap', GAP, gaps ?? []);
}

const cellsOf = ({ figure }: Placed): Cell[] => [
  millionths(figure.value),
  figure.basis,
  figure.suppressed,
  millionths(figure.numerator),
  millionths(figure.denominator),
  figure.respondents,
  figure.coverage.publishing,
  figure.coverage.expected,
];
