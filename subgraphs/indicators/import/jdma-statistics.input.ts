import { isoDay } from '../../../kernel/import/columns.ts';
import { type Mapped, objects } from '../../../kernel/import/objects.ts';
import { type RowProblem, rejected } from '../../../kernel/import/problem.ts';

type Json = Readonly<Record<string, unknown>>;

/** Answers that « Je donne mon avis » knows, the best first. */
const STEPS = ['very_good', 'good', 'medium', 'bad', 'very_bad'] as const;
type Counts = Record<(typeof STEPS)[number], number>;

/** Answers of one kind within an interval: a file that says more is wrong. */
const MOST = 10_000_000;

/** The question whose answers make the score. */
const SATISFACTION = 'satisfaction';

/**
 * Statistics of « Je donne mon avis », as its API gives them: `{data: [{product_id, product_name, forms: [{form_id,
 * intervals: [{date, length_interval, data: [{category, number_hits: [{intention, count}]}]}]}]}]}`; and its list of
 * services, `{data: [{id, title, entity, forms}]}`, of which is told which ones are not linked. Only the question on
 * satisfaction is read.
 */
export const jdmaStatisticsInput = objects({
  staging: {
    service: 'text',
    title: 'text',
    form: 'text',
    starts_on: 'date',
    ends_on: 'date',
    five_steps: 'boolean',
    very_good: 'integer',
    good: 'integer',
    medium: 'integer',
    bad: 'integer',
    very_bad: 'integer',
  },
  jsonKey: 'data',
  map: (element) => ('product_id' in element ? statistics(element) : service(element)),
});

/** An element of the list of services: nothing is counted. */
function service({ id, title }: Json): Mapped {
  const number = numbered(id);
  if (number === null) return wrong('id', 'BAD_CODE', 'expected the number of a service', id);
  return { rows: [{ service: number, title: worded(title) }] };
}

function statistics({ product_id, product_name, forms }: Json): Mapped {
  const number = numbered(product_id);
  if (number === null) return wrong('product_id', 'BAD_CODE', 'expected the number of a service', product_id);
  const problems: RowProblem[] = [];
  const rows = listOf(forms, 'forms', problems).flatMap((form) => {
    const id = numbered(form['form_id']);
    if (id === null) problems.push(bad('form_id', 'expected the number of a form', form['form_id']));
    const intervals = listOf(form['intervals'], 'intervals', problems).flatMap((one) =>
      interval(one, problems),
    );
    // The scale is the form's: an interval in which nobody was at its ends is on it too.
    const five_steps = intervals.some(({ very_good, very_bad }) => very_good > 0 || very_bad > 0);
    return intervals.map((counts) => ({
      service: number,
      title: worded(product_name),
      form: id,
      five_steps,
      ...counts,
    }));
  });
  return { rows, problems };
}

/** What was answered on satisfaction within an interval; nothing when nobody was asked. */
function interval({ date, length_interval, data }: Json, problems: RowProblem[]) {
  const about = listOf(data, 'data', problems).filter(({ category }) => category === SATISFACTION);
  if (about.length === 0) return [];
  const days = daysOf(date, length_interval);
  if (days === null) {
    problems.push(bad('date', 'expected the first day of a day, week, month or year', date));
    return [];
  }
  const counts: Counts = { very_good: 0, good: 0, medium: 0, bad: 0, very_bad: 0 };
  for (const hit of about.flatMap(({ number_hits }) => listOf(number_hits, 'number_hits', problems))) {
    const { intention, count } = hit;
    const step = STEPS.find((known) => known === intention);
    if (step === undefined) {
      problems.push(
        rejected('intention', 'NOT_ALLOWED', `expected one of: ${STEPS.join(', ')}`, worded(intention)),
      );
    } else if (!Number.isInteger(count) || Number(count) < 0 || Number(count) > MOST) {
      problems.push(rejected('count', 'NOT_AN_INTEGER', 'expected a number of answers', worded(count)));
    } else counts[step] += Number(count);
  }
  return [{ ...days, ...counts }];
}

/** First and last day of an interval; both null for « all time », whose period an option says. */
function daysOf(date: unknown, length: unknown): { starts_on: string | null; ends_on: string | null } | null {
  if (length === 'none') return { starts_on: null, ends_on: null };
  const starts_on = typeof date === 'string' ? isoDay(date.slice(0, 10)) : null;
  if (starts_on === null) return null;
  const [year = 0, month = 0, day = 0] = starts_on.split('-').map(Number);
  const last = {
    day: [year, month - 1, day],
    week: [year, month - 1, day + 6],
    month: [year, month, 0],
    year: [year, 12, 0],
  }[String(length)];
  if (
    last === undefined ||
    (length === 'month' && day !== 1) ||
    (length === 'year' && (day !== 1 || month !== 1))
  ) {
    return null;
  }
  const [y = 0, m = 0, d = 0] = last;
  return { starts_on, ends_on: new Date(Date.UTC(y, m, d)).toISOString().slice(0, 10) };
}

/** The objects of a list. */
function listOf(value: unknown, name: string, problems: RowProblem[]): Json[] {
  if (Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null))
    return value as Json[];
  problems.push(bad(name, 'expected a list', value));
  return [];
}

const numbered = (value: unknown): string | null => (/^\d{1,18}$/.test(String(value)) ? String(value) : null);
const worded = (value: unknown): string =>
  (typeof value === 'object' ? (JSON.stringify(value) ?? '') : String(value)).slice(0, 500);
const bad = (column: string, message: string, value: unknown) =>
  rejected(column, 'BAD_VALUE', message, worded(value));
const wrong = (column: string, code: string, message: string, value: unknown): Mapped => ({
  rows: [],
  problems: [rejected(column, code, message, worded(value))],
});
