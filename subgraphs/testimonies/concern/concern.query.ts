import { type Kysely, sql } from 'kysely';
import type { ConcernRow, ProcedureRow, ReplyRow, TagRow, TestimoniesDatabase } from '../tables.ts';

type Db = Kysely<TestimoniesDatabase>;

/** The structures that these testimonies concern, in the order in which the user named them. */
export function concernsOf(db: Db, testimonies: readonly string[]): Promise<ConcernRow[]> {
  return db
    .selectFrom('testimonies.published_concern')
    .select([
      'network_id',
      'testimony_id',
      'position',
      'structure_id',
      'site_id',
      'typology_id',
      'channels',
      'status',
      'commune_id',
      'departement_id',
      'region_id',
    ])
    .where(amongTestimonies(testimonies))
    .orderBy('position')
    .execute();
}

/** The published replies to these testimonies. */
export function repliesOf(db: Db, testimonies: readonly string[]): Promise<ReplyRow[]> {
  return db
    .selectFrom('testimonies.published_reply')
    .select(['network_id', 'testimony_id', 'position', 'body', 'first_answered_on', 'ai_similarity'])
    .where(amongTestimonies(testimonies))
    .execute();
}

/** The tags of these testimonies, by label. */
export function tagsOf(
  db: Db,
  testimonies: readonly string[],
): Promise<(TagRow & { testimony_id: string })[]> {
  return db
    .selectFrom('testimonies.published_tag')
    .innerJoin('testimonies.tag', 'testimonies.tag.id', 'testimonies.published_tag.tag_id')
    .select(['testimony_id', 'testimonies.tag.id', 'testimonies.tag.label'])
    .where(amongTestimonies(testimonies))
    .orderBy('testimonies.tag.label')
    .execute();
}

/** The procedures of these testimonies, in the words of the user, by label. */
export function proceduresOf(db: Db, testimonies: readonly string[]): Promise<ProcedureRow[]> {
  return db
    .selectFrom('testimonies.published_procedure')
    .select(['testimony_id', 'label', 'procedure_id'])
    .where(amongTestimonies(testimonies))
    .orderBy('label')
    .execute();
}

const amongTestimonies = (ids: readonly string[]) => sql<boolean>`testimony_id = any(${[...ids]}::text[])`;
