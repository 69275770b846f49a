import type { UserError } from '../../../kernel/write/refused.ts';
import type { Keyed } from '../../../kernel/write/writing.ts';
import { type Optional, optionalText, saidText } from '../input.ts';
import type {
  Comparability,
  DefinitionTable,
  Direction,
  Family,
  Formula,
  Frequency,
  Unit,
} from '../tables.ts';

/** An indicator, or what it means from now on, as a mutation receives it. */
export interface DefineInput extends Keyed {
  network?: Optional<string>;
  indicator?: Optional<string>;
  version?: Optional<number>;
  code?: Optional<string>;
  title: string;
  userTitle: string;
  question?: Optional<string>;
  family: Family;
  unit: Unit;
  direction: Direction;
  frequency: Frequency;
  formula?: Optional<Formula>;
  methods?: Optional<string>;
  sources?: Optional<string>;
  validFrom?: Optional<string>;
  /** Left out: those that there are. */
  commitments?: Optional<readonly string[]>;
  coreIndicator?: Optional<string>;
  comparability?: Optional<Comparability>;
}

/** What an indicator means. */
export type Meaning = Omit<DefinitionTable, 'indicator_id' | 'version' | 'valid_from'>;

const LONGEST_TITLE = 300;
const LONGEST_QUESTION = 2000;
const LONGEST_METHODS = 10_000;

/** @throws BAD_USER_INPUT for what is no text, too long, or an empty title */
export const meaningOf = (input: DefineInput): Meaning => ({
  title: saidText(input.title, 'title', LONGEST_TITLE),
  user_title: saidText(input.userTitle, 'userTitle', LONGEST_TITLE),
  question: optionalText(input.question, 'question', LONGEST_QUESTION),
  family: input.family,
  unit: input.unit,
  direction: input.direction,
  frequency: input.frequency,
  formula: input.formula ?? null,
  sources: optionalText(input.sources, 'sources', LONGEST_METHODS),
  methods: optionalText(input.methods, 'methods', LONGEST_METHODS),
});

const squeezed = (text: string | null) => text?.replace(/\s+/g, ' ').trim() ?? null;

/**
 * Whether what is measured changes, which breaks the series; the rule of the import of definitions: another
 * question, method, unit or formula, where there was one. A reworded title does not, nor a blank that gets filled.
 */
export const isBreak = (old: Meaning, now: Meaning): boolean =>
  old.unit !== now.unit ||
  old.family !== now.family ||
  (old.formula !== null && old.formula !== now.formula) ||
  (old.question !== null && squeezed(old.question) !== squeezed(now.question)) ||
  (old.methods !== null && squeezed(old.methods) !== squeezed(now.methods));

/** Units of the values that each formula gives. */
const UNITS_OF: Readonly<Record<Formula, readonly Unit[]>> = {
  RATIO: ['PERCENT'],
  MEAN: ['MINUTES', 'DAYS', 'SCORE_10'],
  FAVOURABLE: ['PERCENT'],
  NET: ['POINTS'],
  SUM: ['COUNT'],
};

/** A formula that does not give the unit. */
export function formulaMistakes({ formula, unit }: Meaning): UserError[] {
  if (formula === null || UNITS_OF[formula].includes(unit)) return [];
  const message = `expected a formula that gives ${unit}: ${formula} gives ${UNITS_OF[formula].join(', ')}`;
  return [{ code: 'CONTRADICTORY_FORMULA', message, path: ['input', 'formula'] }];
}
