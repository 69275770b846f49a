import { badInput } from '../../../kernel/errors.ts';
import { converter } from '../../../kernel/import/sheet.ts';
import { networkResultsSheet } from '../import/network-results.sheet.ts';
import { type Optional, optionalText, textOf } from '../input.ts';
import type { ResultDraftRowTable } from '../tables.ts';

/** A result as somebody typed it: decimals are text, so that a figure is never a binary fraction. */
export type TypedResult = Omit<ResultDraftRowTable, 'draft_id' | 'network_id' | 'rank'>;

/** The parts of a result as a mutation receives them; see the descriptions of `ResultInput`. */
export interface TypedFigures {
  value?: Optional<string>;
  numerator?: Optional<string>;
  denominator?: Optional<string>;
  respondents?: Optional<number>;
  veryFavourable?: Optional<number>;
  favourable?: Optional<number>;
  unfavourable?: Optional<number>;
  veryUnfavourable?: Optional<number>;
}

/** Whom a result is about, one of the three. */
export interface TypedSubject {
  site?: Optional<string>;
  structure?: Optional<string>;
  territory?: Optional<string>;
}

export interface TypedInput extends TypedFigures, TypedSubject {
  indicator: string;
  period: string;
}

/** More is a file for `hub import`. */
export const MOST_RESULTS = 1000;

/**
 * The results of a request, as they will be kept.
 * @throws BAD_USER_INPUT for more than `MOST_RESULTS`, or for what is no text; nothing else is judged here
 */
export function typedResults(inputs: readonly TypedInput[]): TypedResult[] {
  if (inputs.length > MOST_RESULTS) {
    throw badInput(`"results" may hold ${MOST_RESULTS} items: import a larger set as a file.`);
  }
  return inputs.map(typedResult);
}

export const typedResult = (input: TypedInput): TypedResult => ({
  indicator: textOf(input.indicator, 'indicator'),
  site: optionalText(input.site, 'site'),
  structure: optionalText(input.structure, 'structure'),
  territory: optionalText(input.territory, 'territory'),
  period: textOf(input.period, 'period'),
  value: optionalText(input.value, 'value'),
  numerator: optionalText(input.numerator, 'numerator'),
  denominator: optionalText(input.denominator, 'denominator'),
  respondents: input.respondents ?? null,
  very_favourable: input.veryFavourable ?? null,
  favourable: input.favourable ?? null,
  unfavourable: input.unfavourable ?? null,
  very_unfavourable: input.veryUnfavourable ?? null,
});

const convert = converter(networkResultsSheet);
const COLUMNS = Object.keys(networkResultsSheet.columns);

/** A typed result read as a row of the template of headquarters: the same cells, the same rules. */
export function readTyped(network: string, result: TypedResult) {
  const cells: Record<string, string | number | null> = { network, ...result };
  const { values, problems } = convert(COLUMNS.map((name) => cells[name]?.toString()));
  return {
    row: Object.fromEntries(COLUMNS.map((name, index) => [name, values[index] ?? null])),
    problems,
  };
}
