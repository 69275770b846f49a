import type { FigureRow } from '../figure/figure.row.ts';

/** Why a figure does not compare with the one before it in its series. */
export interface SeriesBreak {
  kind: 'DEFINITION' | 'NETWORK';
  /** Before: the version of the definition, or the id of the network. */
  from: string;
  /** From this figure on. */
  to: string;
  note: string;
}

type Point = Pick<FigureRow, 'network_id' | 'definition_version' | 'period_grain' | 'period_start'>;

/**
 * The break between a figure and the one before it in a series in chronological order; null when they compare.
 * Only periods of one length follow each other: a year is not broken by a half-year.
 */
export function breakBefore(series: readonly Point[], figure: Point): SeriesBreak | null {
  const previous = series.findLast(
    (point) => point.period_grain === figure.period_grain && point.period_start < figure.period_start,
  );
  if (!previous) return null;
  if (previous.network_id !== figure.network_id) {
    const [from, to] = [previous.network_id, figure.network_id];
    return {
      kind: 'NETWORK',
      from,
      to,
      note: `${from} published before, ${to} publishes from this period on.`,
    };
  }
  if (previous.definition_version === figure.definition_version) return null;
  const [from, to] = [String(previous.definition_version), String(figure.definition_version)];
  const note = `Definition ${to} replaces definition ${from}: what is measured changed.`;
  return { kind: 'DEFINITION', from, to, note };
}

/** The figures of a series that lie between two days, both included; null leaves a side open. */
export function between<P extends Pick<FigureRow, 'period_start' | 'period_end'>>(
  series: readonly P[],
  from: string | null,
  to: string | null,
): P[] {
  return series.filter(
    (point) => (from === null || point.period_start >= from) && (to === null || point.period_end <= to),
  );
}
