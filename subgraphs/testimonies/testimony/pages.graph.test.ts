import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { readConfig } from '../../../kernel/config.ts';
import { asking } from '../../../test/kit/ask.ts';
import { testDatabase } from '../../../test/kit/database.ts';
import { seedDirectory } from '../../../test/kit/directory.ts';
import { openTestimonies } from '../server.ts';

const STRUCTURES = [
  {
    structure: 'STR-caf-62',
    site: 'SITE-caf-62',
    network: 'NET-caf',
    under: ['STR-caf', 'STR-caf-62'],
    at: ['DEP-62', 'REG-32'],
  },
  {
    structure: 'STR-caf-75',
    site: null,
    network: 'NET-caf',
    under: ['STR-caf', 'STR-caf-75'],
    at: ['DEP-75', 'REG-11'],
  },
  {
    structure: 'STR-ft-bapaume',
    site: 'SITE-ft-62',
    network: 'NET-france-travail',
    under: ['STR-ft-bapaume'],
    at: ['DEP-62', 'REG-32', 'COM-62080'],
  },
] as const;
const WORDS = ['alpha', 'bravo', 'delta', 'kilo', 'tango'];
const FEELINGS = ['POSITIVE', 'NEUTRAL', 'NEGATIVE'] as const;
const TAGS = ['relation', 'reactivite'];
const CHANNELS = ['Guichet', 'Courrier'];

/** 400 testimonies on ten days only, so that days are shared; what they say goes by their number. */
const TOLD = Array.from({ length: 400 }, (_, n) => {
  const places = STRUCTURES.filter((_place, index) => ((n * 7919) >> index) % 3 === 0);
  return {
    id: `TEM-${(n * 7) % 1000}-${n}`,
    state: n % 13 === 0 ? 'REJECTED' : 'PUBLISHED',
    words: WORDS.filter((_word, index) => n % (index * 2 + 1) === 0),
    feeling: FEELINGS[n % 3] ?? 'NEUTRAL',
    postedAs: n % 4 === 0 ? 'BUSINESS' : 'INDIVIDUAL',
    home: n % 5 === 0 ? 'DEP-75' : null,
    published: `2024-0${1 + (n % 5)}-1${n % 2}`,
    written: `2023-12-${10 + (n % 20)}`,
    acted: n % 6 === 0,
    answered: n % 2 === 0 && places.length > 0,
    tags: TAGS.filter((_tag, index) => n % (index + 2) === 0),
    procedure: n % 9 === 0 ? 'PROC-logement' : null,
    places: places.map((place, index) => ({
      ...place,
      position: index + 1,
      channel: CHANNELS[(n + index) % 3] ?? null,
    })),
  };
});
type Told = (typeof TOLD)[number];
type Place = Told['places'][number];

const database = await testDatabase();
await seedDirectory(database);
const owner = database.connect<unknown>('testimonies', 'owner');
const json = JSON.stringify(TOLD);
await owner.transaction().execute(async (trx) => {
  await sql`
    insert into testimonies.testimony (id, state, title, body, feeling, posted_as, written_on, published_on, rejection_reason,
           user_departement_id, action_engaged)
    select id, state, '.', array_to_string(array(select jsonb_array_elements_text(words)), ' '), feeling, "postedAs",
           written::date, published::date, case state when 'REJECTED' then 'x' end, home, acted
      from jsonb_to_recordset(${json}::jsonb) as x(id text, state text, words jsonb, feeling text, "postedAs" text,
           written text, published text, home text, acted boolean)`.execute(trx);
  await sql`
    insert into testimonies.concern (network_id, testimony_id, position, structure_id, site_id, channels, status)
    select p.network, x.id, p.position, p.structure, p.site, array_remove(array[p.channel], null),
           case when x.answered and p.position = 1 then 'PUBLISHED' else 'TO_PROCESS' end
      from jsonb_to_recordset(${json}::jsonb) as x(id text, answered boolean, places jsonb)
     cross join jsonb_to_recordset(x.places) as p(network text, position smallint, structure text, site text, channel text)`.execute(
    trx,
  );
  await sql`insert into testimonies.tag (id, label) select tag, tag from unnest(${TAGS}::text[]) as tag`.execute(
    trx,
  );
  await sql`
    insert into testimonies.testimony_tag (testimony_id, tag_id)
    select x.id, tag from jsonb_to_recordset(${json}::jsonb) as x(id text, tags jsonb)
     cross join jsonb_array_elements_text(x.tags) as tag`.execute(trx);
  await sql`
    insert into testimonies.testimony_procedure (testimony_id, label, procedure_id)
    select id, 'aide', procedure from jsonb_to_recordset(${json}::jsonb) as x(id text, procedure text)
     where procedure is not null`.execute(trx);
});
const { ask } = asking(await openTestimonies(readConfig({}), database.url));

/** A filter of the graph, and the same said of what was written: of the testimony, and of one of its structures. */
type Case = [
  filter: Record<string, unknown>,
  told?: ((one: Told) => boolean) | undefined,
  place?: (place: Place) => boolean,
];
const says = (word: string) => (one: Told) => one.words.includes(word);
const inNorth = ({ at }: Place) => at.some((id) => id === 'REG-32');

const CASES: Case[] = [
  [{}],
  [{ search: 'alpha' }, says('alpha')],
  [{ search: 'tan' }, says('tango')],
  [{ search: 'bravo delta' }, (one) => says('bravo')(one) && says('delta')(one)],
  [{ search: 'zulu' }, () => false],
  [{ network: 'NET-caf' }, undefined, ({ network }) => network === 'NET-caf'],
  [{ structure: 'STR-caf' }, undefined, ({ under }) => under[0] === 'STR-caf'],
  [{ site: 'SITE-ft-62' }, undefined, ({ site }) => site === 'SITE-ft-62'],
  [{ territory: 'REG-32' }, undefined, inNorth],
  [{ territory: 'COM-62080' }, undefined, ({ site }) => site === 'SITE-ft-62'],
  [{ territory: 'FR' }, undefined, () => true],
  [{ userTerritory: 'DEP-75' }, ({ home }) => home === 'DEP-75'],
  [{ feelings: ['NEGATIVE', 'NEUTRAL'] }, ({ feeling }) => feeling !== 'POSITIVE'],
  [{ postedAs: ['BUSINESS'] }, ({ postedAs }) => postedAs === 'BUSINESS'],
  [{ answered: true }, ({ answered }) => answered],
  [{ answered: false }, ({ answered }) => !answered],
  [{ actionEngaged: true }, ({ acted }) => acted],
  [{ tags: ['relation', 'unknown'] }, ({ tags }) => tags.includes('relation')],
  [{ channels: ['Courrier'] }, undefined, ({ channel }) => channel === 'Courrier'],
  [{ procedure: 'PROC-logement' }, ({ procedure }) => procedure !== null],
  [
    { publishedFrom: '2024-02-11', publishedTo: '2024-04-10' },
    ({ published }) => published >= '2024-02-11' && published <= '2024-04-10',
  ],
  [
    { writtenFrom: '2023-12-15', writtenTo: '2023-12-20' },
    ({ written }) => written >= '2023-12-15' && written <= '2023-12-20',
  ],
  [
    { search: 'alpha', territory: 'REG-32', channels: ['Guichet'], feelings: ['NEGATIVE'] },
    (one) => says('alpha')(one) && one.feeling === 'NEGATIVE',
    (place) => inNorth(place) && place.channel === 'Guichet',
  ],
  [
    { search: 'bravo', network: 'NET-caf', answered: true },
    (one) => says('bravo')(one) && one.answered,
    ({ network }) => network === 'NET-caf',
  ],
];

test.each(CASES)(
  'pages of %j follow one another, days shared or not, and leave nobody out',
  async (filter, told, place) => {
    const wanted = TOLD.filter(
      (one) =>
        one.state === 'PUBLISHED' && (told?.(one) ?? true) && (place === undefined || one.places.some(place)),
    )
      .sort((a, b) =>
        a.published === b.published ? (a.id < b.id ? 1 : -1) : a.published < b.published ? 1 : -1,
      )
      .map(({ id }) => id);
    const found: string[] = [];
    let after: string | null = null;
    for (let more = true; more; ) {
      const { data, errors } = await ask(
        `query ($filter: TestimonyFilter, $after: String) { testimonies(filter: $filter, first: 37, after: $after) {
         totalCount nodes { id } pageInfo { hasNextPage endCursor } } }`,
        { filter, after },
      );
      expect(errors).toBeUndefined();
      const page = data.testimonies;
      expect(page.totalCount).toBe(wanted.length);
      found.push(...page.nodes.map(({ id }: { id: string }) => id));
      more = page.pageInfo.hasNextPage;
      after = page.pageInfo.endCursor;
    }
    expect(found).toEqual(wanted);
  },
);
