import type { Kysely } from 'kysely';
import { badInput } from '../../../kernel/errors.ts';
import type { TestimoniesDatabase } from '../tables.ts';
import { corrected, expectedCount, riseProbability } from './rising.ts';
import { labelsOf, periodOf, risingOf } from './signal.query.ts';
import {
  LEVEL,
  MOST_TESTIMONIES,
  type Rising,
  type Signal,
  type SignalArguments,
  type Signals,
} from './signal.ts';

/**
 * Tags and words that rise at a place against its own past, beyond what chance explains. It depends on what is
 * published and on the arguments only, never on the day it is asked. Three statements.
 *
 * @param most signals at most, the surest first
 * @throws BAD_USER_INPUT when there are too many testimonies to go through
 */
export async function weakSignals(
  db: Kysely<TestimoniesDatabase>,
  asked: SignalArguments,
  most: number,
): Promise<Signals> {
  const period = await periodOf(db, asked);
  if (period === null) return { period, tested: 0, signals: [] };
  if (period.testimonies > MOST_TESTIMONIES) {
    throw badInput(
      `${period.testimonies} testimonies to go through, more than ${MOST_TESTIMONIES}: choose a network, a territory or a shorter window.`,
    );
  }
  const { tested, rising } = await risingOf(db, asked, period);
  const found = beyondChance(rising, tested).slice(0, most);
  const labels = await labelsOf(db, asked, period, found);
  const signals = found.map((one) => ({
    ...one,
    label: labels.get(`${one.kind} ${one.value}`) ?? one.value,
  }));
  return { period, tested, signals };
}

type Unnamed = Omit<Signal, 'label'>;

/** What is left once the number of things tested is accounted for, the surest first, always in the same order. */
export function beyondChance(rising: readonly Rising[], tested: number): Unnamed[] {
  const probabilities = rising.map(riseProbability);
  const adjusted = corrected(probabilities, tested);
  return rising
    .map((one, index) => ({
      ...one,
      expected: expectedCount(one),
      probability: probabilities[index] ?? 1,
      corrected: adjusted[index] ?? 1,
    }))
    .filter((one) => one.corrected <= LEVEL)
    .sort((a, b) => a.probability - b.probability || b.count - a.count || compare(keyOf(a), keyOf(b)));
}

const keyOf = ({ kind, place, value }: Unnamed) => `${kind} ${place} ${value}`;
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
