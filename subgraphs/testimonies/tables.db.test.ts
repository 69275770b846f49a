import { expect, test } from 'vitest';
import { type Columns, columnsOf } from '../../test/kit/columns.ts';
import { testDatabase } from '../../test/kit/database.ts';
import { PUBLIC_REPLY_TABLES, REPLY_COLUMNS } from './reply/fixtures/columns.ts';
import type { TestimoniesDatabase } from './tables.ts';
import { ENTRY_COLUMNS } from './testimony/fixtures/columns.ts';

/** What the public role reads. */
const published = {
  ...ENTRY_COLUMNS,
  'testimonies.published_testimony': {
    id: 'text',
    title: 'text',
    body: 'text',
    pseudonym: 'text null',
    posted_as: 'text null',
    feeling: 'text',
    written_on: 'text',
    published_on: 'text',
    user_departement_id: 'text null',
    user_region_id: 'text null',
    similar_experiences: 'number',
    action_engaged: 'boolean',
    action_engaged_on: 'text null',
    answered: 'boolean',
  },
  'testimonies.published_concern': {
    network_id: 'text',
    testimony_id: 'text',
    position: 'number',
    structure_id: 'text null',
    site_id: 'text null',
    typology_id: 'text null',
    channels: 'texts',
    status: 'text',
    commune_id: 'text null',
    departement_id: 'text null',
    region_id: 'text null',
  },
  'testimonies.published_reply': {
    network_id: 'text',
    testimony_id: 'text',
    position: 'number',
    body: 'text',
    first_answered_on: 'text',
    ai_similarity: 'text null',
  },
  'testimonies.published_tag': { testimony_id: 'text', tag_id: 'text' },
  'testimonies.published_procedure': { testimony_id: 'text', label: 'text', procedure_id: 'text null' },
  'testimonies.tag': { id: 'text', label: 'text' },
  'testimonies.reply_duty': {
    network_id: 'text',
    days: 'number',
    source: 'text',
    since: 'text null',
    version: 'number',
    written_at: 'instant null',
    import_id: 'text null',
    import_row: 'number null',
  },
} as const;

const tables: Columns<TestimoniesDatabase> = {
  ...published,
  ...REPLY_COLUMNS,
  'testimonies.testimony': {
    id: 'text',
    state: 'text',
    version: 'number',
    title: 'text',
    body: 'text',
    pseudonym: 'text null',
    posted_as: 'text null',
    feeling: 'text',
    written_on: 'text',
    published_on: 'text null',
    user_departement_id: 'text null',
    user_region_id: 'text null',
    submitted_at: 'instant',
    publication_consent: 'text null',
    decided_on: 'text null',
    rejection_code: 'text null',
    rejection_reason: 'text null',
    written_at: 'instant null',
    import_id: 'text null',
    import_row: 'number null',
  },
  'testimonies.contact_receipt': { testimony_id: 'text', subject: 'text', expires_at: 'instant' },
  'testimonies.similar': { testimony_id: 'text', votes: 'number', secret: 'bytes null' },
  'testimonies.similar_vote': { testimony_id: 'text', mark: 'bytes', voted_in: 'text' },
  'testimonies.audit': {
    id: 'text',
    at: 'instant',
    subject: 'text',
    role: 'text',
    network_id: 'text null',
    action: 'text',
    object_id: 'text',
    before: 'json null',
    after: 'json null',
    reason: 'text null',
    request_id: 'text null',
  },
  'testimonies.idempotency': {
    subject: 'text',
    command: 'text',
    key: 'text',
    input_hash: 'text',
    answer: 'json null',
    at: 'instant',
  },
};

const database = await testDatabase();

test('the row types describe columns that exist', async () => {
  const found = await columnsOf(database.connect('testimonies', 'owner'), 'testimonies', tables);
  expect(found).toMatchObject(tables);
});

test('the public role reads views of what is published, never the tables behind them', async () => {
  const found = await columnsOf(database.connect('testimonies', 'public'), 'testimonies', tables);
  const readable = Object.keys(found).filter((name) => name !== 'testimonies.import');
  expect(readable.sort()).toEqual([...Object.keys(published), ...PUBLIC_REPLY_TABLES].sort());
});
