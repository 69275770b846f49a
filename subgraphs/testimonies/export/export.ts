import { stringify } from 'csv-stringify/sync';
import type { Kysely } from 'kysely';
import { neutralised } from '../../../kernel/import/formula.ts';
import { TAGS } from '../import/open-data.columns.ts';
import { testimoniesSheet } from '../import/open-data.sheet.ts';
import type { Feeling, PostedAs, ReplyStatus, TestimoniesDatabase } from '../tables.ts';
import { type ExportedTestimony, type ExportFilter, exportPage } from './export.query.ts';

/** Testimonies held at once. */
const PAGE = 1000;

const COLUMNS = Object.entries(testimoniesSheet.columns).map(([name, { header }]) => ({
  name,
  title: header[0] ?? name,
}));

const FEELINGS: Record<Feeling, string> = { POSITIVE: 'Positif', NEUTRAL: 'Neutre', NEGATIVE: 'Négatif' };
const POSTED: Record<PostedAs, string> = {
  INDIVIDUAL: 'Particulier',
  BUSINESS: 'Entreprise',
  ASSOCIATION: 'Association',
  OTHER: 'Autre',
};
const STATUSES: Record<ReplyStatus, string> = {
  PUBLISHED: 'Réponse publiée',
  TO_PROCESS: 'À traiter',
  TRANSFERRED: 'Transférée',
};

/**
 * The published testimonies as a CSV file in the columns of the open-data export, which the feed reads back:
 * UTF-8 with byte order mark, semicolons, no formula for a spreadsheet to run. Made page by page, of one moment when
 * `db` is a transaction that reads so.
 * @param db of the role `testimonies_public`: what is not published is out of its reach
 */
export async function* exportTestimonies(
  db: Kysely<TestimoniesDatabase>,
  filter: ExportFilter,
): AsyncGenerator<string> {
  yield `\ufeff${lines([COLUMNS.map(({ title }) => title)])}`;
  for (let after = ''; ; ) {
    const page = await exportPage(db, filter, after, PAGE);
    if (page.length > 0) yield lines(page.map(cellsOf));
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = last.id;
  }
}

const lines = (rows: readonly (readonly string[])[]) =>
  stringify([...rows.map((row) => [...row])], { delimiter: ';' });

function cellsOf(testimony: ExportedTestimony): string[] {
  const cells = cellsByColumn(testimony);
  return COLUMNS.map(({ name }) => neutralised(cells[name] ?? ''));
}

function cellsByColumn(testimony: ExportedTestimony): Record<string, string | null> {
  const { concerns, tags, posted_as: postedAs } = testimony;
  return {
    id: testimony.id.slice('TEM-'.length),
    state: 'Publiée',
    written_on: testimony.written_on,
    published_on: testimony.published_on,
    title: testimony.title,
    body: testimony.body,
    posted_as: postedAs && POSTED[postedAs],
    feeling: FEELINGS[testimony.feeling],
    pseudonym: testimony.pseudonym,
    procedures: testimony.procedures.join(' | '),
    user_region: testimony.region,
    user_departement: testimony.departement,
    country: testimony.user_country,
    ...Object.assign({}, ...concerns.map(concernCells)),
    first_answered_on: testimony.first_answered_on,
    action: testimony.action_engaged ? 'Oui' : 'Non',
    action_on: testimony.action_engaged_on,
    similar: String(testimony.similar_experiences),
    improvement: testimony.improvement,
    ...Object.fromEntries(
      TAGS.flatMap(({ column, id }) => {
        const tag = tags.find((one) => one.id === id);
        return tag === undefined ? [] : [[column, tag.detail ?? 'Oui']];
      }),
    ),
  };
}

const concernCells = (concern: ExportedTestimony['concerns'][number]): Record<string, string | null> => ({
  [`typology_${concern.position}`]: concern.typology,
  [`channels_${concern.position}`]: concern.channels.join(', '),
  [`structure_${concern.position}`]: concern.structure,
  [`status_${concern.position}`]: STATUSES[concern.status],
  [`reply_${concern.position}`]: concern.reply,
  [`similarity_${concern.position}`]: concern.similarity,
  [`code_${concern.position}`]: concern.code,
  [`site_${concern.position}`]: concern.site,
});
