import { randomUUID } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import type { Written } from '../../../kernel/graphql/mutation.ts';
import { perform } from '../../../kernel/write/command.ts';
import { refuse } from '../../../kernel/write/refused.ts';
import { requestOf, type Writing } from '../../../kernel/write/writing.ts';
import { tell } from '../moderation/decide.ts';
import type { TestimoniesDatabase } from '../tables.ts';
import { type FoundConcern, findConcerns, findHome } from './places.query.ts';
import { openReceipt } from './receipt.query.ts';
import type { ReceiptOf } from './receipt.reader.ts';
import { type Submission, type Texts, textsOf } from './submission.ts';

/**
 * Takes a new testimony in, for whoever has a key: it waits for the moderation, and is public only after it.
 *
 * @throws HubError as `perform`: UNAUTHENTICATED for anybody
 */
export function submitTestimony(
  writing: Writing<TestimoniesDatabase>,
  input: Submission,
  { today, receiptOf }: { today: string; receiptOf: ReceiptOf },
): Promise<Written> {
  const request = { ...requestOf(writing, 'submitTestimony', input), scope: null, network: null };
  return perform(writing.owner, request, async (trx, audit) => {
    const { texts, mistakes } = textsOf(input, today);
    const places = await findConcerns(trx, input.concerns.slice(0, 3));
    const home = input.userTerritory ? await findHome(trx, input.userTerritory) : NOWHERE;
    refuse([...mistakes, ...places.mistakes, ...(home === null ? [UNKNOWN_TERRITORY] : [])]);
    // Numbers of the platform have no such form: no import can bring another testimony under this id.
    const id = `TEM-${randomUUID()}`;
    await insertTestimony(trx, id, input, texts, home ?? NOWHERE);
    await insertParts(trx, id, texts, places.found);
    const { subject } = writing.viewer;
    if (subject !== null && receiptOf(id) !== null) await openReceipt(trx, id, subject);
    await tell(trx, audit, {
      action: 'TESTIMONY_SUBMITTED',
      objectId: id,
      before: null,
      after: { state: 'SUBMITTED', version: 1 },
    });
    return { id };
  });
}

const NOWHERE = { departement: null, region: null };
const UNKNOWN_TERRITORY = {
  code: 'UNKNOWN_TERRITORY',
  message: 'Expected the id of a département or a région, such as DEP-62.',
  path: ['input', 'userTerritory'],
};

type Trx = Transaction<TestimoniesDatabase>;

async function insertTestimony(
  trx: Trx,
  id: string,
  { feeling, postedAs, consent }: Submission,
  { title, body, pseudonym, writtenOn }: Texts,
  home: { departement: string | null; region: string | null },
): Promise<void> {
  await trx
    .insertInto('testimonies.testimony')
    .values({
      id,
      state: 'SUBMITTED',
      title,
      body,
      pseudonym,
      posted_as: postedAs ?? null,
      feeling,
      written_on: writtenOn,
      user_departement_id: home.departement,
      user_region_id: home.region,
      publication_consent: consent,
      written_at: sql<Date>`clock_timestamp()`,
    })
    .execute();
}

async function insertParts(
  trx: Trx,
  id: string,
  { procedures, channels }: Texts,
  concerns: readonly FoundConcern[],
): Promise<void> {
  for (const [index, { network, structure, site }] of concerns.entries()) {
    await sql`
      insert into testimonies.concern (network_id, testimony_id, position, structure_id, site_id, channels, status)
      values (${network}, ${id}, ${index + 1}, ${structure}, ${site}, ${channels[index] ?? []}::text[],
        'TO_PROCESS')`.execute(trx);
  }
  // As in files, an id of a procedure may stand for its name.
  await sql`
    insert into testimonies.testimony_procedure (testimony_id, label, procedure_id)
    select ${id}, label, case when label ~ '^PROC-\\S{1,100}$' then label end
      from unnest(${procedures}::text[]) as label`.execute(trx);
}
