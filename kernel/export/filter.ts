import { badInput } from '../errors.ts';
import { isoDay } from '../import/columns.ts';
import { type Period, parsePeriod } from '../period.ts';
import { fitText } from '../text.ts';

/** One filter of an export, under the name that the graph gives it. */
export interface ExportFilter<T> {
  description: string;
  /** Takes several values: `networks=NET-caf,NET-cpam`, or the parameter again. */
  many: boolean;
  /** Its value from the texts of a request, one unless `many`. @throws HubError BAD_USER_INPUT */
  read(values: readonly string[], name: string): T;
}

export type ExportFilters = Readonly<Record<string, ExportFilter<unknown>>>;

/** The values of a request; null where it does not say. */
export type Given<F extends ExportFilters> = {
  [K in keyof F]: F[K] extends ExportFilter<infer T> ? T | null : never;
};

/** Most values of one filter. */
const MOST = 200;
const LONGEST = 200;

const one = <T>(description: string, read: (value: string, name: string) => T): ExportFilter<T> => ({
  description,
  many: false,
  read: ([value = ''], name) => read(value, name),
});

export const idFilter = (description: string) => one(description, (value) => value);
export const idsFilter = (description: string): ExportFilter<string[]> => ({
  description,
  many: true,
  read: (values) => [...values],
});

/** One of a closed list, or several. */
export const choicesFilter = <T extends string>(
  description: string,
  choices: readonly T[],
): ExportFilter<T[]> => ({
  description: listed(description, choices),
  many: true,
  read: (values, name) => values.map((value) => chosen(value, name, choices)),
});

/** One of a closed list. */
export const choiceFilter = <T extends string>(description: string, choices: readonly T[]): ExportFilter<T> =>
  one(listed(description, choices), (value, name) => chosen(value, name, choices));

const listed = (description: string, choices: readonly string[]) =>
  `${description} ${choices.map((choice) => `\`${choice}\``).join(', ')}.`;

function chosen<T extends string>(value: string, name: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value);
  if (found === undefined) throw badInput(`"${name}" must be among ${choices.join(', ')}.`);
  return found;
}

export const booleanFilter = (description: string) =>
  one(description, (value, name) => {
    if (value !== 'true' && value !== 'false') throw badInput(`"${name}" must be true or false.`);
    return value === 'true';
  });

export const dayFilter = (description: string) =>
  one(description, (value, name) => {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(value) || isoDay(value) === null)
      throw badInput(`"${name}" must be a day such as 2023-10-30.`);
    return value;
  });

export const periodFilter = (description: string): ExportFilter<Period> => one(description, parsePeriod);

/**
 * Reads the filters of a request.
 *
 * @param asked values by name; a name that is no filter of the set is refused, so that a misspelt one never gives
 *   everything
 * @throws HubError BAD_USER_INPUT
 */
export function readFilters<F extends ExportFilters>(
  filters: F,
  asked: ReadonlyMap<string, readonly string[]>,
): Given<F> {
  for (const name of asked.keys()) {
    if (!Object.hasOwn(filters, name)) {
      const known = Object.keys(filters).join(', ');
      throw badInput(`"${name.slice(0, 40)}" is no filter of this export; it has ${known}.`);
    }
  }
  const given = Object.entries(filters).map(([name, filter]) => {
    const values = asked.get(name);
    return [name, values === undefined ? null : valueOf(name, filter, values)];
  });
  return Object.fromEntries(given) as Given<F>;
}

function valueOf(name: string, filter: ExportFilter<unknown>, values: readonly string[]): unknown {
  const items = filter.many ? values.flatMap((value) => value.split(',')) : values;
  if (items.length > (filter.many ? MOST : 1)) {
    throw badInput(`"${name}" may hold ${filter.many ? `${MOST} values at most` : 'one value only'}.`);
  }
  for (const item of items) {
    if (item === '' || item.length > LONGEST || !fitText(item))
      throw badInput(`"${name}" has a value that is empty, too long or no text.`);
  }
  return filter.read(items, name);
}
