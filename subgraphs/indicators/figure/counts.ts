import { Big } from 'big.js';
import type { Formula } from '../tables.ts';
import type { FigureRow } from './figure.row.ts';

/**
 * The counts behind a rate. Of a proportion, the cases that are neither favourable nor anything else are
 * unfavourable; of a net rate some may be neither.
 */
export interface Counts {
  kind: 'PROPORTION' | 'NET';
  favourable: Big;
  unfavourable: Big;
  cases: Big;
}

/** Why nothing is known of the uncertainty of a figure. */
export type Unknown = 'NO_VALUE' | 'NOT_A_RATE' | 'COUNTS_UNKNOWN';

/** The counts of a figure as far as it shows them; else why there are none. */
export function countsOf(row: FigureRow, formula: Formula | null): Counts | Unknown {
  if (row.value === null) return 'NO_VALUE';
  if (formula !== 'RATIO' && formula !== 'FAVOURABLE' && formula !== 'NET') return 'NOT_A_RATE';
  const known = formula === 'NET' ? netCounts(row) : proportion(row, formula);
  return known !== null && areCounts(known) ? known : 'COUNTS_UNKNOWN';
}

/** What remains of a whole without one of its parts; null when the counts say that it is no part of it. */
export function restOf(whole: Counts, part: Counts): Counts | null {
  const rest: Counts = {
    kind: whole.kind,
    favourable: whole.favourable.minus(part.favourable),
    unfavourable: whole.unfavourable.minus(part.unfavourable),
    cases: whole.cases.minus(part.cases),
  };
  return whole.kind === part.kind && areCounts(rest) ? rest : null;
}

const areCounts = ({ favourable, unfavourable, cases }: Counts) =>
  cases.gt(0) && favourable.gte(0) && unfavourable.gte(0) && favourable.plus(unfavourable).lte(cases);

function proportion(row: FigureRow, formula: Formula): Counts | null {
  const { numerator, denominator, respondents, value } = row;
  const of = (favourable: Big, cases: Big): Counts => ({
    kind: 'PROPORTION',
    favourable,
    unfavourable: cases.minus(favourable),
    cases,
  });
  if (numerator !== null && denominator !== null) return of(new Big(numerator), new Big(denominator));
  if (formula === 'RATIO') return null;
  const answers = answersOf(row);
  if (answers !== null) return of(answers.favourable, answers.favourable.plus(answers.unfavourable));
  // A share of respondents, of which only the rate was published: counts within its rounding.
  if (respondents === null || value === null) return null;
  return of(new Big(value).times(respondents).div(100), new Big(respondents));
}

/** Without the answers nobody is taken as neutral, which gives the widest interval. */
function netCounts(row: FigureRow): Counts | null {
  const { numerator, denominator, respondents, value } = row;
  const answers = answersOf(row);
  if (answers !== null) {
    const { favourable, unfavourable } = answers;
    const cases = new Big(denominator ?? favourable.plus(unfavourable));
    return { kind: 'NET', favourable, unfavourable, cases };
  }
  const of = (balance: Big, cases: Big): Counts => ({
    kind: 'NET',
    favourable: cases.plus(balance).div(2),
    unfavourable: cases.minus(balance).div(2),
    cases,
  });
  if (numerator !== null && denominator !== null) return of(new Big(numerator), new Big(denominator));
  if (respondents === null || value === null) return null;
  return of(new Big(value).times(respondents).div(100), new Big(respondents));
}

function answersOf(row: FigureRow): { favourable: Big; unfavourable: Big } | null {
  const { very_favourable, favourable, unfavourable, very_unfavourable } = row;
  if (very_favourable === null || favourable === null) return null;
  if (unfavourable === null || very_unfavourable === null) return null;
  return {
    favourable: new Big(very_favourable).plus(favourable),
    unfavourable: new Big(unfavourable).plus(very_unfavourable),
  };
}
