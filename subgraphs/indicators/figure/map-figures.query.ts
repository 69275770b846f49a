import { type Kysely, sql } from 'kysely';
import type { Period, PeriodGrain } from '../../../kernel/period.ts';
import { packed, unpacked } from '../../../kernel/postgres/packed.ts';
import { preparedBy, type Slots } from '../../../kernel/postgres/prepared.ts';
import type { Basis, FigureLevel, IndicatorsTables, Suppression } from '../tables.ts';
import { FIGURE_COLUMNS, type FigureRow, type Measured } from './figure.row.ts';

/** Figures of a network for its period that were published under one definition, by territory. */
export interface Version<F> {
  network: string;
  version: number;
  figures: ReadonlyMap<string, F>;
}

/** Which figures of an indicator over a level: each network has a period of its own. */
export interface Published {
  indicator: string;
  level: FigureLevel;
  periods: ReadonlyMap<string, Period>;
}

interface Values {
  indicator: string;
  networks: readonly string[];
  starts: readonly string[];
  grains: readonly PeriodGrain[];
}

const valuesOf = ({ indicator, periods }: Published): Values => ({
  indicator,
  networks: [...periods.keys()],
  starts: [...periods.values()].map(({ start }) => start),
  grains: [...periods.values()].map(({ grain }) => grain),
});

/** What most pages ask of the figures. */
export async function leanFigures(
  db: Kysely<IndicatorsTables>,
  asked: Published,
): Promise<Version<Measured>[]> {
  const rows = await LEAN(asked.level)(db, valuesOf(asked));
  return rows.map(({ figures, ...version }) => ({
    ...version,
    figures: new Map(unpacked(figures).map(measured)),
  }));
}

/** All that is known of the figures. */
export async function wholeFigures(
  db: Kysely<IndicatorsTables>,
  asked: Published,
): Promise<Version<FigureRow>[]> {
  const rows = await WHOLE(asked.level)(db, valuesOf(asked));
  const found = new Map<string, Version<FigureRow> & { figures: Map<string, FigureRow> }>();
  for (const row of rows) {
    const { network_id: network, definition_version: version, subject_id: territory } = row;
    if (version === null || territory === null) continue;
    const key = `${network} ${version}`;
    const known = found.get(key) ?? { network, version, figures: new Map() };
    found.set(key, known);
    known.figures.set(territory, row);
  }
  return [...found.values()];
}

const published = ({ indicator, networks, starts, grains }: Slots<Values>, level: FigureLevel) => sql`
  unnest((select ${networks}::text[] collate "C"), (select ${starts}::date[]), (select ${grains}::text[]))
         as n (network_id, start, grain)
   cross join lateral (
     select * from indicators.figure f
      where f.network_id = n.network_id and f.indicator_id = ${indicator} and f.level = ${sql.lit(level)}
        and f.typology_id = '' and f.period_start = n.start and f.period_grain = n.grain offset 0) f`;

interface Packed {
  network: string;
  version: number;
  /** Rows of `COLUMNS`. */
  figures: string;
}

const COLUMNS = ['f.territory_id', 'f.value', 'f.basis', 'f.suppressed', 'f.respondents'];

const LEAN = preparedBy<FigureLevel, Values, Packed>(
  (level, values) => sql`
    select f.network_id as network, f.definition_version as version,
           ${packed(COLUMNS.map((column) => sql.ref(column)))} as figures
      from ${published(values, level)}
     group by f.network_id, f.definition_version`,
);

/** A territory and its figure. */
function measured([territory, value, basis, suppressed, respondents]: readonly string[]): [string, Measured] {
  return [
    String(territory),
    {
      value: value || null,
      basis: (basis || null) as Basis | null,
      suppressed: (suppressed || null) as Suppression | null,
      respondents: respondents ? Number(respondents) : null,
    },
  ];
}

const WHOLE = preparedBy<FigureLevel, Values, FigureRow>(
  (level, values) => sql`select ${FIGURE_COLUMNS} from ${published(values, level)}`,
);
