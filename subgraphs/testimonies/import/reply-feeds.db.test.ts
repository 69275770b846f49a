import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Feed } from '../../../kernel/import/feed.ts';
import { rollbackImport } from '../../../kernel/import/rollback.ts';
import { type RunOptions, runImport } from '../../../kernel/import/run.ts';
import { problemsOf } from '../fixtures/import-text.ts';
import { importWorld } from '../fixtures/import-world.ts';
import { seedTestimonies } from '../fixtures/seed.ts';
import { testimoniesFeeds } from './feeds.ts';
import { replyDuties } from './reply-duties.merge.ts';
import { testimonyLinks } from './testimony-links.merge.ts';

const { database, owner, one } = await importWorld();
const FEEDS = new Map(testimoniesFeeds.map((feed) => [feed.name, feed]));

async function load(feed: Feed, text: string, options: Partial<RunOptions> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'hub-replies-'));
  try {
    const path = join(folder, 'modele.csv');
    await writeFile(path, text);
    return await runImport(feed, path, { databaseUrl: database.url, rejectsDir: folder, ...options });
  } finally {
    await rm(folder, { recursive: true });
  }
}
const undo = (importId: string | null) =>
  rollbackImport(FEEDS, 'testimonies', String(importId), { databaseUrl: database.url });

beforeEach(() => sql`truncate testimonies.reply_duty, testimonies.testimony_link`.execute(owner));

describe('reply-duties', () => {
  const HEAD = 'reseau;jours;source;depuis\n';
  const duties = () =>
    one(sql`select network_id, days, source, since, version from testimonies.reply_duty order by 1`);
  const CAF = { network_id: 'NET-caf', days: 15, source: 'Charte', since: '2025-01-01', version: 1 };

  test('networks are named as elsewhere; the same again changes nothing', async () => {
    const text = `${HEAD}CAF;15;Charte;2025-01-01\nfrance travail;10;Note;\n`;
    expect((await load(replyDuties, text)).merge).toMatchObject({ inserted: 2 });
    expect(await duties()).toEqual([
      CAF,
      { network_id: 'NET-france-travail', days: 10, source: 'Note', since: null, version: 1 },
    ]);
    const again = await load(replyDuties, text, { force: true });
    expect(again.merge).toMatchObject({ inserted: 0, updated: 0, unchanged: 2 });
  });

  test('bad rows are told, and none is taken', async () => {
    const rows = [
      'CAF;0;Charte;',
      'CAF;quinze;Charte;',
      'France Travail;366;Charte;',
      'Inconnu;5;Charte;',
      'France Travail;5;;',
      'France Travail;5;Charte;2030-01-01',
    ];
    const report = await load(replyDuties, `${HEAD}${rows.join('\n')}\n`, { acceptRejects: true });
    expect(problemsOf(report)).toEqual([
      'FUTURE_DATE REJECTED 7 depuis',
      'NOT_AN_INTEGER REJECTED 3 jours',
      'OUT_OF_RANGE REJECTED 2 jours',
      'OUT_OF_RANGE REJECTED 4 jours',
      'REQUIRED REJECTED 6 source',
      'UNKNOWN_NETWORK QUARANTINED 5 reseau',
    ]);
    expect(await duties()).toEqual([]);
  });

  test('two rows for one network, under two names, contradict each other', async () => {
    const report = await load(replyDuties, `${HEAD}CAF;15;Charte;\nNET-caf;10;Charte;\n`, {
      acceptRejects: true,
    });
    expect(problemsOf(report)).toEqual([
      'CONTRADICTORY_DUPLICATE REJECTED 2 reseau',
      'CONTRADICTORY_DUPLICATE REJECTED 3 reseau',
    ]);
  });

  test('undone, it is as it was; what the network set itself stays, unless told otherwise', async () => {
    await load(replyDuties, `${HEAD}CAF;15;Charte;2025-01-01\n`);
    const second = await load(replyDuties, `${HEAD}CAF;20;Charte;2025-01-01\n`);
    await undo(second.importId);
    // Another version: who has read 20 days must read again.
    expect(await duties()).toEqual([{ ...CAF, version: 3 }]);
    const third = await load(replyDuties, `${HEAD}CAF;25;Charte;2025-01-01\n`);
    await sql`update testimonies.reply_duty set days = 7, written_at = now(), import_id = null`.execute(
      owner,
    );
    const other = await load(replyDuties, `${HEAD}CAF;30;Charte;2025-01-01\n`);
    expect(problemsOf(other)).toEqual(['WRITTEN_IN_THE_HUB QUARANTINED 2 jours']);
    await expect(undo(third.importId)).rejects.toMatchObject({ extensions: { code: 'CONFLICT' } });
    await load(replyDuties, `${HEAD}CAF;31;Charte;2025-01-01\n`, { options: { written: 'replace' } });
    expect(await duties()).toMatchObject([{ days: 31 }]);
  });
});

describe('testimony-links', () => {
  const HEAD = 'experience;cible\n';
  const links = () =>
    one(sql`select testimony_id, target_id, kind from testimonies.testimony_link order by 1, 2`);
  beforeEach(() =>
    seedTestimonies(database.connect('testimonies', 'owner'), [{ id: 'TEM-1' }, { id: 'TEM-2' }]),
  );

  test('testimonies are named by number or id; the same again changes nothing', async () => {
    const text = `${HEAD}1;PLAN-accueil\nTEM-1;IMPACT-7\n2;IMPACT-7\n2;IMPACT-7\n`;
    expect((await load(testimonyLinks, text)).merge).toMatchObject({ inserted: 3 });
    expect(await links()).toEqual([
      { testimony_id: 'TEM-1', target_id: 'IMPACT-7', kind: 'IMPACT' },
      { testimony_id: 'TEM-1', target_id: 'PLAN-accueil', kind: 'PLAN' },
      { testimony_id: 'TEM-2', target_id: 'IMPACT-7', kind: 'IMPACT' },
    ]);
    const again = await load(testimonyLinks, text, { force: true });
    expect(again.merge).toMatchObject({ inserted: 0, updated: 0, unchanged: 3 });
  });

  test('what names nothing is told', async () => {
    const report = await load(testimonyLinks, `${HEAD}9;PLAN-accueil\n1;LABEL-7\n1;\n`, {
      acceptRejects: true,
    });
    expect(problemsOf(report)).toEqual([
      'BAD_CODE REJECTED 3 cible',
      'REQUIRED REJECTED 4 cible',
      'UNKNOWN_TESTIMONY QUARANTINED 2 experience',
    ]);
    expect(await links()).toEqual([]);
  });

  test('undone, what the hub said stays', async () => {
    await sql`insert into testimonies.testimony_link values ('TEM-1', 'PLAN-accueil')`.execute(owner);
    const report = await load(testimonyLinks, `${HEAD}1;PLAN-accueil\n2;PLAN-accueil\n`);
    expect(report.merge).toMatchObject({ inserted: 1, unchanged: 1 });
    await undo(report.importId);
    expect(await links()).toMatchObject([{ testimony_id: 'TEM-1' }]);
  });
});
