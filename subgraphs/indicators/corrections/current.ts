import { type QueryExecutorProvider, sql } from 'kysely';
import { badInput, HubError } from '../../../kernel/errors.ts';
import { type Period, parsePeriod } from '../../../kernel/period.ts';
import { demandVersion } from '../../../kernel/write/version.ts';
import type { Keyed } from '../../../kernel/write/writing.ts';
import type { TypedSubject } from '../drafts/typed.ts';
import { optionalText, textOf } from '../input.ts';
import type { ResultTable } from '../tables.ts';

/** The result that a command is about, and the version of it that its author has read. */
export interface ResultInput extends Keyed, TypedSubject {
  network: string;
  indicator: string;
  period: string;
  /** Number of the publication that the current result came with. */
  version: number;
  reason: string;
}

/** Names a result, as commands store it in their answers; dates are ISO days. */
export interface ResultKey {
  network: string;
  indicator: string;
  definition: number;
  subject: string;
  grain: Period['grain'];
  start: string;
}

/** Whom a result is about. @throws BAD_USER_INPUT unless exactly one is given */
function subjectOf(input: TypedSubject): { kind: 'SITE' | 'STRUCTURE' | 'TERRITORY'; id: string } {
  const named = [
    { kind: 'SITE' as const, id: optionalText(input.site, 'site') },
    { kind: 'STRUCTURE' as const, id: optionalText(input.structure, 'structure') },
    { kind: 'TERRITORY' as const, id: optionalText(input.territory, 'territory') },
  ].flatMap(({ kind, id }) => (id === null ? [] : [{ kind, id }]));
  const [only] = named;
  if (only === undefined || named.length > 1) {
    throw badInput('Expected exactly one of "site", "structure" and "territory".');
  }
  return only;
}

export type CurrentResult = Pick<
  ResultTable,
  | 'definition_version'
  | 'value'
  | 'numerator'
  | 'denominator'
  | 'respondents'
  | 'very_favourable'
  | 'favourable'
  | 'unfavourable'
  | 'very_unfavourable'
  | 'publication_from'
>;

/**
 * The current result that a command names; the caller holds the lock of publications.
 * @throws HubError BAD_USER_INPUT, NOT_FOUND when there is none, CONFLICT when it is of another publication
 */
export async function currentResult(
  trx: QueryExecutorProvider,
  input: ResultInput,
): Promise<{ key: ResultKey; current: CurrentResult }> {
  const { kind, id: subject } = subjectOf(input);
  const { grain, start } = parsePeriod(textOf(input.period, 'period'));
  const indicator = textOf(input.indicator, 'indicator');
  const { network } = input;
  const { rows } = await sql<CurrentResult>`
    select definition_version, value, numerator, denominator, respondents, very_favourable, favourable,
           unfavourable, very_unfavourable, publication_from
      from indicators.result
     where network_id = ${network} and indicator_id = ${indicator} and subject_kind = ${kind}
       and subject_id = ${subject} and period_start = ${start}::date and period_grain = ${grain}
       and publication_to is null
     order by definition_version desc`.execute(trx);
  const [latest] = rows;
  if (latest === undefined) throw new HubError('NOT_FOUND', 'No such result.');
  // One period may have results under two definitions: the version says which.
  const current = rows.find(({ publication_from }) => Number(publication_from) === input.version) ?? latest;
  demandVersion(input.version, Number(current.publication_from));
  return {
    key: { network, indicator, definition: current.definition_version, subject, grain, start },
    current,
  };
}

/** What the audit says of a result. */
export const resultSummary = ({ definition_version, publication_from, ...values }: CurrentResult) => ({
  ...values,
  definition: definition_version,
  version: Number(publication_from),
});

/** Name of a result in the audit. */
export const resultName = ({ network, indicator, subject }: ResultKey, period: string) =>
  [network, indicator, subject, period].join(' ');
