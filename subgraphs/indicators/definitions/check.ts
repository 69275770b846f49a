import type { QueryExecutorProvider } from 'kysely';
import { typeOfId } from '../../../kernel/ids.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import type { UserError } from '../../../kernel/write/refused.ts';
import { codeTaken, isCore, type Known, titleTaken } from './definition.query.ts';
import { type DefineInput, formulaMistakes } from './meaning.ts';

const CODE = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,59}$/;

/** The code of an input without the prefix of ids: `IND-CAF-DELAI` and `CAF-DELAI` are one. */
export const bareCode = (code: string) => code.replace(/^IND-/, '');

const mistake = (code: string, field: string, message: string): UserError => ({
  code,
  message,
  path: ['input', field],
});

/** What keeps a new code from being used. Numbers are given by DITP: an export of theirs would meet another one. */
export async function codeMistakes(
  trx: QueryExecutorProvider,
  viewer: Viewer,
  code: string,
): Promise<UserError[]> {
  const bare = bareCode(code);
  if (!CODE.test(bare)) {
    return [mistake('BAD_CODE', 'code', 'expected 1 to 60 letters, digits, dots, hyphens or underscores')];
  }
  if (/^\d+$/.test(bare) && viewer.role !== 'DITP') {
    return [mistake('RESERVED_CODE', 'code', 'expected a letter in the code: numbers are given by DITP')];
  }
  return (await codeTaken(trx, `IND-${bare}`, bare))
    ? [mistake('CODE_TAKEN', 'code', 'expected a code that no indicator has')]
    : [];
}

/** What is wrong with the indicator that a command would write. */
export async function indicatorMistakes(
  trx: QueryExecutorProvider,
  viewer: Viewer,
  input: DefineInput,
  { before, after, asksFrom }: { before: Known | null; after: Known; asksFrom: string | null },
): Promise<UserError[]> {
  const { indicator, definition, commitments } = after;
  const found = [...formulaMistakes(definition)];
  if (before && input.code && bareCode(input.code) !== bareCode(before.indicator.code)) {
    found.push(mistake('CODE_KEPT', 'code', 'expected the code that the indicator has: codes never change'));
  }
  if (await titleTaken(trx, { id: indicator.id, network: indicator.network_id, title: definition.title })) {
    found.push(
      mistake('TITLE_TAKEN', 'title', 'expected a title that no other indicator of this network has'),
    );
  }
  for (const [rank, id] of commitments.entries()) {
    if (typeOfId(id) === 'Commitment') continue;
    const path = ['input', 'commitments', String(rank)];
    found.push({ code: 'UNKNOWN_COMMITMENT', message: 'expected an id such as COMMITMENT-E4', path });
  }
  return [
    ...found,
    ...periodMistakes(before, after, asksFrom),
    ...(await mappingMistakes(trx, viewer, before, after)),
  ];
}

function periodMistakes(before: Known | null, { definition }: Known, asksFrom: string | null): UserError[] {
  if (before === null) return [];
  const { version, valid_from } = before.definition;
  if (definition.version === version) {
    return asksFrom === null || asksFrom === valid_from
      ? []
      : [
          mistake(
            'NO_NEW_DEFINITION',
            'validFrom',
            'expected none: question, method, unit and formula stay, so that the definition in force goes on',
          ),
        ];
  }
  if (valid_from === null || (definition.valid_from ?? '') > valid_from) return [];
  return [
    mistake('BAD_VALID_FROM', 'validFrom', `expected a day after ${valid_from}, when the last one began`),
  ];
}

/** How far an indicator compares with the common core; that networks compare is for the review of DITP to say. */
async function mappingMistakes(
  trx: QueryExecutorProvider,
  viewer: Viewer,
  before: Known | null,
  { indicator }: Known,
): Promise<UserError[]> {
  const { core_indicator_id: core, comparability, network_id } = indicator;
  if (core !== null && (network_id === null || !(await isCore(trx, core)))) {
    return [
      mistake(
        'UNKNOWN_INDICATOR',
        'coreIndicator',
        'expected an indicator of the common core, for one of a network',
      ),
    ];
  }
  if ((core === null) !== (comparability === null || comparability === 'OWN')) {
    const message = 'expected an indicator of the common core and how it compares, or OWN without one';
    return [mistake('REQUIRED', 'coreIndicator', message)];
  }
  const reviewed =
    before?.indicator.comparability === 'SAME_QUESTION' && before.indicator.core_indicator_id === core;
  if (comparability !== 'SAME_QUESTION' || reviewed || viewer.role === 'DITP') return [];
  return [
    mistake(
      'NEEDS_REVIEW',
      'comparability',
      'expected CLOSE or OWN: DITP reviews which questions are the same',
    ),
  ];
}
