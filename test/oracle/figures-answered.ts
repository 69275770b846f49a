import { type AskGraph, forEachOf, millionths } from './ask.ts';
import type { Cell, Duck } from './duck.ts';

/** A network, an indicator and a period of which something was published. */
export interface Group {
  network_id: string;
  indicator_id: string;
  period: string;
}

export const groupsOf = (duck: Duck): Promise<Group[]> =>
  duck.rows<Group>(
    `select network_id, indicator_id, period from grp where network_id <> 'ALL'
      union select network_id, indicator_id, period from expected_figure where network_id <> 'ALL' order by all`,
  );

/** SQL: these groups, as rows. */
export const inGroups = (groups: readonly Group[]) =>
  groups.map((one) => `('${one.network_id}', '${one.indicator_id}', '${one.period}')`).join(', ');

interface Figure {
  territory: { id: string };
  value: number | null;
  basis: string | null;
  suppressed: string | null;
  numerator: number | null;
  denominator: number | null;
  respondents: number | null;
  distribution: Record<
    'veryFavourable' | 'favourable' | 'unfavourable' | 'veryUnfavourable',
    number | null
  > | null;
  coverage: { publishing: number; expected: number } | null;
}

const FIGURES = `query ($network: ID!, $indicator: ID!, $period: String!) {
  network(id: $network) {
    departements: figures(indicator: $indicator, period: $period, level: DEPARTEMENT, first: 200) { ...all }
    regions: figures(indicator: $indicator, period: $period, level: REGION, first: 200) { ...all }
    nation: figures(indicator: $indicator, period: $period, level: NATIONAL, first: 200) { ...all }
  }
}
fragment all on FigureConnection {
  totalCount
  nodes {
    territory { id } value basis suppressed numerator denominator respondents
    distribution { veryFavourable favourable unfavourable veryUnfavourable } coverage { publishing expected }
  }
}`;

const INTEGER = 'bigint';
const COLUMNS = {
  network_id: 'varchar',
  indicator_id: 'varchar',
  period: 'varchar',
  territory_id: 'varchar',
  value: 'hugeint',
  basis: 'varchar',
  suppressed: 'varchar',
  numerator: 'hugeint',
  denominator: 'hugeint',
  respondents: INTEGER,
  answers_1: INTEGER,
  answers_2: INTEGER,
  answers_3: INTEGER,
  answers_4: INTEGER,
  publishing: INTEGER,
  expected: INTEGER,
};

/** Fills the table `answered_figure` with every figure that the graph gives for these groups, at every level. */
export async function askFigures(duck: Duck, ask: AskGraph, groups: readonly Group[]): Promise<void> {
  const rows: Cell[][] = [];
  await forEachOf(groups, async ({ network_id, indicator_id, period }) => {
    const { network } = await ask<{
      network: Record<string, { totalCount: number; nodes: Figure[] } | null>;
    }>(FIGURES, {
      network: network_id,
      indicator: indicator_id,
      period,
    });
    for (const level of Object.values(network)) {
      // An indicator of which nothing exists has no list.
      if (level === null) continue;
      if (level.totalCount !== level.nodes.length)
        throw new Error(`${network_id} has more than a page of figures`);
      // A territory that published in another year stands in the list without anything.
      for (const figure of level.nodes.filter(({ basis }) => basis !== null)) {
        rows.push([network_id, indicator_id, period, ...cellsOf(figure)]);
      }
    }
  });
  await duck.fill('answered_figure', COLUMNS, rows);
}

const cellsOf = (figure: Figure): Cell[] => [
  figure.territory.id,
  millionths(figure.value),
  figure.basis,
  figure.suppressed,
  millionths(figure.numerator),
  millionths(figure.denominator),
  figure.respondents,
  figure.distribution?.veryFavourable ?? null,
  figure.distribution?.favourable ?? null,
  figure.distribution?.unfavourable ?? null,
  figure.distribution?.veryUnfavourable ?? null,
  figure.coverage?.publishing ?? null,
  figure.coverage?.expected ?? null,
];
