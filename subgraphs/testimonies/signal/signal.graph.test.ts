import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../../kernel/config.ts';
import { asking } from '../../../test/kit/ask.ts';
import { testDatabase } from '../../../test/kit/database.ts';
import { seedDirectory } from '../../../test/kit/directory.ts';
import { countStatements } from '../../../test/kit/statements.ts';
import { openTestimonies } from '../server.ts';
import { riseProbability } from './rising.ts';

/** Numbers from 0 up to 1, the same at each run (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const VOCABULARY =
  'accueil dossier agent réponse service rendez-vous téléphone attente courrier guichet conseillère compte documents portail paiement formulaire allocations retraite carte passeport permis logement emploi internet connexion remboursement pension rampe escalier parking horaires musique mairie tribunal'.split(
    ' ',
  );
const PLACES = ['STR-caf-62', 'STR-caf-75', 'STR-ft-bapaume'];
const AS_OF = '2026-06-30';
const DAYS = 7 * 28;
const day = (back: number) => new Date(Date.parse(AS_OF) - back * 86_400_000).toISOString().slice(0, 10);

/** Ordinary noise, and two things planted in the last window: a strike at the CAF of Pas-de-Calais, a tag in Paris. */
function invented() {
  const next = numbers(11);
  return Array.from({ length: 1500 }, (_, index) => {
    const structure = PLACES[Math.floor(next() * PLACES.length)] ?? '';
    const back = Math.floor(next() * DAYS);
    const words = VOCABULARY.filter(() => next() < 0.12);
    const recent = back < 28;
    if (recent && structure === 'STR-caf-62' && next() < 0.35)
      words.push(next() < 0.8 ? 'Grèves' : 'la grève');
    // Talked of before as well, as often: no signal.
    if (structure === 'STR-caf-75' && next() < 0.35) words.push('grève');
    const tags = ['relation', 'reactivite'].filter(() => next() < 0.2);
    if (recent && structure === 'STR-caf-75' && next() < 0.5) tags.push('accessibilite');
    const feeling = next() < 0.5 ? 'NEGATIVE' : 'POSITIVE';
    return { id: `TEM-${index}`, structure, published: day(back), body: words.join(' ; '), tags, feeling };
  });
}

const TOLD = invented();
const database = await testDatabase();
await seedDirectory(database);
const owner = database.connect<unknown>('testimonies', 'owner');
const rows = JSON.stringify(TOLD.map((one) => ({ ...one, tags: undefined })));
await sql`
  insert into testimonies.testimony (id, state, title, body, feeling, written_on, published_on)
  select id, 'PUBLISHED', '.', body, feeling, published::date - 3, published::date
    from jsonb_to_recordset(${rows}::jsonb) as x(id text, body text, feeling text, published text)`.execute(
  owner,
);
await sql`
  insert into testimonies.concern (network_id, testimony_id, position, structure_id, channels, status)
  select case when structure like 'STR-caf%' then 'NET-caf' else 'NET-france-travail' end, id, 1, structure, '{}', 'TO_PROCESS'
    from jsonb_to_recordset(${rows}::jsonb) as x(id text, structure text)`.execute(owner);
await sql`insert into testimonies.tag (id, label)
  values ('relation', 'Relation'), ('reactivite', 'Réactivité'), ('accessibilite', 'Accessibilité')`.execute(
  owner,
);
await sql`
  insert into testimonies.testimony_tag (testimony_id, tag_id)
  select id, tag from jsonb_to_recordset(${JSON.stringify(TOLD.flatMap(({ id, tags }) => tags.map((tag) => ({ id, tag }))))}::jsonb)
    as x(id text, tag text)`.execute(owner);
// Neither what is refused nor what waits is told to anybody.
await sql`
  insert into testimonies.testimony (id, state, title, body, feeling, written_on, rejection_reason)
  select 'TEM-R' || i, case when i % 2 = 0 then 'REJECTED' else 'SUBMITTED' end, '.', 'scandale', 'NEGATIVE', '2026-06-20',
         case when i % 2 = 0 then 'Insultes' end from generate_series(1, 60) i`.execute(owner);
await sql`
  insert into testimonies.concern (network_id, testimony_id, position, structure_id, channels, status)
  select 'NET-caf', id, 1, 'STR-caf-62', '{}', 'TO_PROCESS' from testimonies.testimony where id like 'TEM-R%'`.execute(
  owner,
);
const { ask } = asking(await openTestimonies(readConfig({}), database.url));

const FIELDS = `asOf from baselineFrom testimonies tested level signals { kind value label count exposure countBefore
  exposureBefore expected ratio negativeShare probability correctedProbability network { id } territory { id } structure { id } }`;
const signals = async (args: string) => {
  const { data, errors } = await ask(`{ weakSignals${args} { ${FIELDS} } }`);
  expect(errors).toBeUndefined();
  return data.weakSignals;
};

const structureOf: Record<string, string> = {
  'STR-caf-62': 'DEP-62',
  'STR-caf-75': 'DEP-75',
  'STR-ft-bapaume': 'DEP-62',
};
const recent = ({ published }: { published: string }) => published > day(28);

describe('weak signals', () => {
  test('are what was planted and nothing of the noise, with the numbers that say so', async () => {
    const found = await signals('(by: STRUCTURE)');
    expect(found).toMatchObject({
      asOf: AS_OF,
      from: day(27),
      baselineFrom: day(DAYS - 1),
      testimonies: 1500,
      level: 0.05,
    });
    expect(
      found.signals.map((one: { kind: string; label: string; structure: { id: string } }) => [
        one.kind,
        one.label,
        one.structure.id,
      ]),
    ).toEqual(
      expect.arrayContaining([
        ['WORD', 'grèves', 'STR-caf-62'],
        ['TAG', 'Accessibilité', 'STR-caf-75'],
      ]),
    );
    expect(found.signals).toHaveLength(2);
    const strike = found.signals.find(({ kind }: { kind: string }) => kind === 'WORD');
    const own = TOLD.filter(({ structure }) => structure === 'STR-caf-62');
    const tells = ({ body }: { body: string }) => /gr[èe]ve/i.test(body);
    const now = own.filter(recent);
    const told = {
      count: now.filter(tells).length,
      before: own.filter((one) => !recent(one)).filter(tells).length,
      exposure: now.length,
      exposureBefore: own.length - now.length,
    };
    expect(told.count).toBeGreaterThan(10);
    expect(strike).toMatchObject({
      value: 'grev',
      count: told.count,
      countBefore: told.before,
      exposure: told.exposure,
      exposureBefore: told.exposureBefore,
      expected: 0,
      ratio: null,
      probability: riseProbability(told),
    });
    const negative = now.filter(tells).filter(({ feeling }) => feeling === 'NEGATIVE').length;
    expect(strike.negativeShare).toBeCloseTo(negative / told.count, 3);
  });

  test('say how much was tested: counted again from the texts themselves', async () => {
    const { tested, signals: found } = await signals('(by: DEPARTEMENT, minimum: 6)');
    const { rows: stems } = await sql<{ word: string; stems: string[] }>`
      select word, tsvector_to_array(to_tsvector('pg_catalog.french', testimonies.words(word))) as stems
        from unnest(${[...VOCABULARY, 'grève', 'grèves']}::text[]) as word`.execute(owner);
    const stemsOf = new Map(stems.map(({ word, stems: own }) => [word, own]));
    const totals = new Map<string, number>();
    for (const { structure, body, tags } of TOLD) {
      const place = structureOf[structure];
      const said = new Set(
        body
          .split(' ; ')
          .flatMap((word) => stemsOf.get(word.toLowerCase().replace('la ', '')) ?? [])
          .filter((stem) => stem.length > 2),
      );
      for (const key of [...said, ...tags]) {
        totals.set(`${place} ${key}`, (totals.get(`${place} ${key}`) ?? 0) + 1);
      }
    }
    expect(tested).toBe([...totals.values()].filter((total) => total >= 6).length);
    for (const one of found) expect(one.correctedProbability).toBeLessThanOrEqual(0.05);
  });

  test('are looked for in one network or territory, and stay the same as of a day', async () => {
    const all = await signals(`(by: NETWORK, asOf: "${AS_OF}")`);
    expect(all.signals.every((one: { network: { id: string } }) => one.network.id === 'NET-caf')).toBe(true);
    expect((await signals('(network: "NET-france-travail")')).signals).toEqual([]);
    const north = await signals('(territory: "REG-32", by: STRUCTURE)');
    expect(north.signals.map((one: { label: string }) => one.label)).toEqual(['grèves']);
    // A window before anything was planted.
    expect((await signals(`(asOf: "${day(28)}", window: 21)`)).signals).toEqual([]);
    expect((await signals('(by: STRUCTURE, most: 1)')).signals).toHaveLength(1);
    expect((await signals('(minimum: 1000)')).tested).toBe(0);
  });

  test('take three statements, whatever is found', async () => {
    const { statements } = await countStatements(() => signals('(by: STRUCTURE)'));
    expect(statements).toHaveLength(3);
  });

  test.each(['window: 6', 'window: 93', 'minimum: 2', 'most: 51', 'network: "a\\u0000b"'])(
    '%s is refused',
    async (args) => {
      const { errors } = await ask(`{ weakSignals(${args}) { tested } }`);
      expect(errors[0].extensions.code).toBe('BAD_USER_INPUT');
    },
  );
});
