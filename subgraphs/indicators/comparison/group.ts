import type { PeriodGrain } from '../../../kernel/period.ts';
import type { FigureRow } from '../figure/figure.row.ts';

/** Everything that a network published for one indicator, definition and period. */
export interface GroupKey {
  network: string;
  indicator: string;
  version: number;
  grain: PeriodGrain;
  start: string;
}

/** Tells groups apart. */
export const textOfGroup = ({ network, indicator, version, grain, start }: GroupKey): string =>
  [network, indicator, version, grain, start].join('|');

/** The group that a figure belongs to. */
export const groupOf = (row: FigureRow): GroupKey => ({
  network: row.network_id,
  indicator: row.indicator_id,
  // A published figure always has its definition.
  version: row.definition_version ?? 0,
  grain: row.period_grain,
  start: row.period_start,
});
