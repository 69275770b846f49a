import { sql } from 'kysely';
import type { Written } from '../../../kernel/graphql/mutation.ts';
import { refuse } from '../../../kernel/write/refused.ts';
import type { Writing } from '../../../kernel/write/writing.ts';
import type { TestimoniesDatabase } from '../tables.ts';
import { type Decision, decide } from './decide.ts';
import type { HintField } from './hints.ts';
import { isOfText, masked, type Passage } from './passages.ts';

export interface Mask extends Decision {
  /** On a pseudonym, whatever of it: it goes as a whole. */
  passages?: readonly Passage<HintField>[] | null | undefined;
  withoutPseudonym?: boolean | null | undefined;
}

/**
 * Takes passages of a testimony away before it is published, such as a name or a number, for good: the rows that
 * imports keep for their undoing lose them too. A moderator adds no word to what a user wrote.
 *
 * @throws HubError as `decide`
 */
export const maskTestimony = (writing: Writing<TestimoniesDatabase>, input: Mask): Promise<Written> =>
  decide(writing, { name: 'maskTestimony', verb: 'mask', input }, async ({ id, title, body }, trx) => {
    const passages = input.passages ?? [];
    const anonymous = input.withoutPseudonym === true || !passages.every(isOfText);
    if (passages.length === 0 && !anonymous) {
      refuse([{ code: 'REQUIRED', message: 'Nothing to take away.', path: ['input', 'passages'] }]);
    }
    const texts = masked({ TITLE: title, BODY: body }, passages);
    await sql`
      update testimonies.import_before
         set before = before || jsonb_build_object('title', ${texts.TITLE}::text, 'body', ${texts.BODY}::text)
               || case when ${anonymous} then '{"pseudonym": null}'::jsonb else '{}' end
       where entity = 'testimony' and entity_id = ${id} and before is not null`.execute(trx);
    return {
      set: sql`title = ${texts.TITLE}, body = ${texts.BODY}${anonymous ? sql`, pseudonym = null` : sql``}`,
    };
  });
