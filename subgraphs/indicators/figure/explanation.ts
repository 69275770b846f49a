import { Big } from 'big.js';
import type { Decimal } from '../../../kernel/decimal.ts';
import type { DefinitionRow } from '../indicator/indicator.query.ts';
import type { PartsRow } from './explanation.query.ts';
import type { FigureRow } from './figure.row.ts';

/** How a figure was made. */
export interface Explanation {
  figure: FigureRow;
  definition: DefinitionRow;
  parts: readonly PartsRow[];
}

/** Why a figure has its basis. */
export type BasisReason =
  | 'PUBLISHED_BY_UNIT'
  | 'PUBLISHED_AT_LEVEL'
  | 'PUBLISHED_STATISTIC'
  | 'COUNTS_ARE_ADDED'
  | 'ALL_HAVE_COUNTS'
  | 'ALL_HAVE_RESPONDENTS'
  | 'NOT_ALL_HAVE_WEIGHTS';

/** The rule that chose the basis; null where the answer would tell something of what is withheld. */
export function basisReasonOf({ figure, definition }: Explanation): BasisReason | null {
  if (figure.basis === 'PUBLISHED') {
    if (figure.subject_kind === null) return 'PUBLISHED_STATISTIC';
    return figure.subject_kind === 'TERRITORY' ? 'PUBLISHED_AT_LEVEL' : 'PUBLISHED_BY_UNIT';
  }
  if (figure.basis === null || figure.suppressed !== null) return null;
  if (figure.basis === 'COMPUTED_UNWEIGHTED') return 'NOT_ALL_HAVE_WEIGHTS';
  if (definition.unit === 'COUNT') return 'COUNTS_ARE_ADDED';
  return figure.numerator === null ? 'ALL_HAVE_RESPONDENTS' : 'ALL_HAVE_COUNTS';
}

export const PUBLISHED_ROUNDING = 'As published: no digit is added or taken away.';
export const COMPUTED_ROUNDING = 'Computed exactly, then rounded once, half away from zero, to six decimals.';

/**
 * The formula with its numbers: "100 × 1234 / 1600 = 77.125". Where units are withheld, sums that would tell them are
 * left out. Null without a value.
 */
export function computationOf(explanation: Explanation): string | null {
  const { figure, definition, parts } = explanation;
  const { value, numerator, denominator, respondents } = figure;
  if (value === null) return null;
  const factor = definition.unit === 'PERCENT' || definition.unit === 'POINTS' ? '100 × ' : '';
  const ratio = `${factor}${numerator} / ${denominator}`;
  const counted = numerator !== null && denominator !== null && !new Big(denominator).eq(0);
  const units = parts.reduce((sum, part) => sum + part.parts, 0);
  switch (basisReasonOf(explanation)) {
    case 'ALL_HAVE_COUNTS':
      return `${ratio} = ${value}`;
    case 'ALL_HAVE_RESPONDENTS': {
      const weighted = sumOf(parts, (part) => part.weighted);
      const dividend = weighted ?? `sum of value × respondents over ${units} units`;
      return `${dividend} / ${respondents} = ${value}`;
    }
    case 'NOT_ALL_HAVE_WEIGHTS':
      return `${sumOf(parts, (part) => part.total) ?? 'sum of the values'} / ${units} = ${value}`;
    case 'COUNTS_ARE_ADDED':
      return `sum of ${units} counts = ${value}`;
    default:
      return counted && definition.formula !== null
        ? `published as ${value}; ${ratio} = ${quotient(factor, numerator, denominator)}`
        : `published as ${value}`;
  }
}

/** Null when a part is withheld: the sum would be a partial one. */
function sumOf(parts: readonly PartsRow[], valueOf: (part: PartsRow) => Decimal | null): Decimal | null {
  if (parts.some((part) => part.withheld > 0)) return null;
  return parts.reduce((sum, part) => sum.plus(valueOf(part) ?? 0), new Big(0)).toFixed();
}

/** Enough digits for the one rounding of the figure. */
const Exact = Big();
Exact.DP = 40;

const quotient = (factor: string, numerator: Decimal, denominator: Decimal) =>
  new Exact(numerator)
    .times(factor === '' ? 1 : 100)
    .div(denominator)
    .round(6, Big.roundHalfUp)
    .toFixed();
