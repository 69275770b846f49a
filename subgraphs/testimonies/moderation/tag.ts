import { sql } from 'kysely';
import type { Written } from '../../../kernel/graphql/mutation.ts';
import { cleanText } from '../../../kernel/text.ts';
import { perform } from '../../../kernel/write/command.ts';
import { refuse, type UserError } from '../../../kernel/write/refused.ts';
import { demandVersion } from '../../../kernel/write/version.ts';
import { requestOf, type Writing } from '../../../kernel/write/writing.ts';
import { TAGS } from '../import/open-data.columns.ts';
import type { TestimoniesDatabase } from '../tables.ts';
import { keepImportsOut, markWritten } from '../testimony/written.query.ts';
import { type Decision, lockTestimony, tell } from './decide.ts';

export interface Tagging extends Decision {
  /** All its themes from now on. */
  tags: readonly string[];
}

const KNOWN: ReadonlyMap<string, string> = new Map(TAGS.map(({ id, header }) => [id, header]));

/**
 * Sorts a testimony under themes of the platform, in place of those that it had. It changes no state: what is public
 * stays so, what is rejected is sorted under none.
 *
 * @throws HubError as `decide`
 */
export function tagTestimony(writing: Writing<TestimoniesDatabase>, input: Tagging): Promise<Written> {
  const id = cleanText(input.id, 'id');
  const tags = input.tags.map((tag) => cleanText(tag, 'tags'));
  const request = {
    ...requestOf(writing, 'tagTestimony', input),
    scope: 'testimonies:moderate',
    network: null,
  } as const;
  return perform(writing.owner, request, async (trx, audit) => {
    await keepImportsOut(trx);
    const { state, version } = await lockTestimony(trx, id);
    demandVersion(input.version, version);
    refuse([...(state === 'REJECTED' ? [REJECTED] : []), ...mistakesOf(tags)]);
    const before = await sql<{ tag_id: string }>`
      delete from testimonies.testimony_tag where testimony_id = ${id} returning tag_id`.execute(trx);
    const labels = tags.map((tag) => KNOWN.get(tag) ?? tag);
    await sql`
      insert into testimonies.tag (id, label) select id, label from unnest(${tags}::text[], ${labels}::text[])
        as given (id, label) on conflict do nothing`.execute(trx);
    await sql`
      insert into testimonies.testimony_tag (testimony_id, tag_id)
        select ${id}, tag from unnest(${tags}::text[]) as given (tag)`.execute(trx);
    await sql`update testimonies.testimony set version = version + 1 where id = ${id}`.execute(trx);
    await markWritten(trx, id);
    await tell(trx, audit, {
      action: 'TESTIMONY_TAGGED',
      objectId: id,
      before: { version, tags: before.rows.map(({ tag_id }) => tag_id).sort() },
      after: { version: version + 1, tags: tags.toSorted() },
    });
    return { id };
  });
}

const REJECTED: UserError = {
  code: 'IMPOSSIBLE_TRANSITION',
  message: 'A rejected testimony is sorted under no theme: reconsider it first.',
  path: ['input'],
};

const mistakesOf = (tags: readonly string[]): UserError[] =>
  tags.flatMap((tag, rank) => {
    const path = ['input', 'tags', String(rank)];
    if (!KNOWN.has(tag))
      return [{ code: 'UNKNOWN_TAG', message: `Expected one of: ${[...KNOWN.keys()].join(', ')}.`, path }];
    return tags.indexOf(tag) < rank
      ? [{ code: 'DUPLICATE', message: 'This theme is there already.', path }]
      : [];
  });
