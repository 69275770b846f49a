import { badInput } from '../errors.ts';
import type { HubBuilder } from './builder.ts';
import { resolvable } from './subgraph.ts';

/** What changed since a moment; each subgraph adds its lists to it. */
export interface Changes {
  /** ISO moment, UTC, as the caller gave it. */
  since: string;
}

/** A moment further ahead than clocks differ is a mistake of time zone: its reader would miss changes. */
const AHEAD_MS = 60_000;

/**
 * What a publication numbers is written a little before it can be seen. Lists go back by so much before `since`: a
 * change may be given twice, but none is missed by a reader that asks "since I last asked".
 */
export const OVERLAP = '1 minute';

/**
 * The moment of a request for changes.
 *
 * @throws BAD_USER_INPUT before 1970, in the future, or when a forged reference holds no moment
 */
export function sinceOf(value: unknown): string {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (!(time >= 0 && time <= Date.now() + AHEAD_MS)) {
    throw badInput('"since" must be a moment of the past, from 1970 on, such as 2023-10-30T08:15:00Z.');
  }
  return new Date(time).toISOString();
}

/** The entity `Changes`, the same in every subgraph: add a list with `builder.objectFields(Changes, …)`. */
export function changesType<Context extends object>(builder: HubBuilder<Context>) {
  return builder.objectRef<Changes>('Changes').implement({
    description:
      'What was published, changed or withdrawn since a moment, in the order of publication. Keep the `endCursor` ' +
      'of each list and pass it as `after` the next time: it counts instead of `since`, and nothing is missed, ' +
      'whoever writes meanwhile.',
    directives: { key: { fields: 'since' } },
    extensions: resolvable(({ since }) => ({ since: sinceOf(since) })),
    fields: (t) => ({
      since: t.expose('since', {
        type: 'DateTime',
        description:
          'The moment asked. Lists begin a minute earlier: a change may come twice, none is missed.',
      }),
    }),
  });
}
