import { Readable } from 'node:stream';
import { type RawBuilder, sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Feed } from '../../../kernel/import/feed.ts';
import { rollbackImport } from '../../../kernel/import/rollback.ts';
import { runImport } from '../../../kernel/import/run.ts';
import { testDatabase } from '../../../test/kit/database.ts';
import { realDirectory } from '../../../test/kit/real-directory.ts';
import type { AdministrationsDatabase } from '../tables.ts';
import { commitmentDisplays, commitmentWordings } from './commitments.merge.ts';
import { competences } from './competences.merge.ts';
import { contacts } from './contacts.merge.ts';
import { administrationsFeeds } from './feeds.ts';
import { announcedDelays, procedures } from './procedures.merge.ts';

const database = await testDatabase(realDirectory);
const db = database.connect<AdministrationsDatabase>('administrations', 'owner');
const rows = async <T>(query: RawBuilder<T>) => (await query.execute(db)).rows;
const load = (feed: Feed, ...lines: string[]) => {
  const stream = Readable.from([[...lines, ''].join('\n')]);
  return runImport(feed, { name: 'table.csv', stream }, { databaseUrl: database.url });
};
const BAPAUME = 'SITE-528ec072-1427-5e8a-b747-131251cdaea3';

test('every feed has a name of its own and a description', () => {
  const names = administrationsFeeds.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const feed of administrationsFeeds) expect(feed.description).not.toBe('');
});

test('competence: communes served by a site, merged communes followed, the rest quarantined', async () => {
  const report = await load(
    competences,
    'reseau;commune;site',
    'France Travail;62080;pole_emploi-62080-01',
    'NET-france-travail;01091;pole_emploi-62080-01',
    'CAF;62080;pole_emploi-62080-01',
    'Inconnu;62080;pole_emploi-62080-01',
    'France Travail;62999;pole_emploi-62080-01',
    'France Travail;62080;nulle-part',
  );
  expect(report).toMatchObject({ state: 'PUBLISHED', counts: { quarantined: 4 }, merge: { inserted: 2 } });
  const codes = report.problems.map(({ code }) => code).sort();
  expect(codes).toEqual(['OTHER_NETWORK', 'UNKNOWN_COMMUNE', 'UNKNOWN_NETWORK', 'UNKNOWN_SITE']);
  const found = await rows(sql`select commune_id, network_id, site_id from directory.competence order by 1`);
  expect(found).toEqual(
    ['COM-01033', 'COM-62080'].map((id) => ({
      ...{ commune_id: id, network_id: 'NET-france-travail', site_id: BAPAUME },
    })),
  );
  const feeds = new Map<string, Feed>([['competences', competences]]);
  await rollbackImport(feeds, 'administrations', report.importId ?? '', { databaseUrl: database.url });
  expect(await rows(sql`select * from directory.competence`)).toEqual([]);
});

test('contacts: items of a site, which a new import of them replaces', async () => {
  const header = 'site;rubrique;canal;jours;debut;fin;valeur;objet;codes_langues;telephone';
  await load(
    contacts,
    header,
    `${BAPAUME};Accès;;;;;Bus 1, arrêt Mairie;;;`,
    `${BAPAUME};Affluence;accueil;lun-mar,ven;9h;11:30;;;;`,
    `${BAPAUME};Heures creuses;téléphone;1-5;14:00;24h00;;;;`,
    `${BAPAUME};Médiateur;;;;;Médiateur régional;réclamations;;0300000000`,
    `${BAPAUME};Langues;;;;;Accueil en anglais et polonais;;en, pl;`,
  );
  const [found] = await rows(sql`
    select directions, opening, mediators, support from site_contact where site_id = ${BAPAUME}`);
  expect(found).toEqual({
    directions: 'Bus 1, arrêt Mairie',
    opening: [
      { channel: 'COUNTER', kind: 'BUSY', days: [1, 2, 5], opens: '09:00', closes: '11:30', comment: null },
      {
        channel: 'PHONE',
        kind: 'QUIET',
        days: [1, 2, 3, 4, 5],
        opens: '14:00',
        closes: '24:00',
        comment: null,
      },
    ],
    mediators: [
      {
        ...{ name: 'Médiateur régional', role: 'réclamations', phone: '0300000000' },
        ...{ email: null, website: null },
      },
    ],
    support: [{ kind: 'LANGUAGE', description: 'Accueil en anglais et polonais', languages: ['en', 'pl'] }],
  });
  await load(contacts, header, `${BAPAUME};Accès;;;;;À pied;;;`);
  const [after] = await rows(sql`select directions, opening from site_contact where site_id = ${BAPAUME}`);
  expect(after).toEqual({ directions: 'À pied', opening: [] });
});

test.each([
  ['a day that does not exist', 'Affluence;accueil;lundredi;9:00;10:00;', 'NOT_ALLOWED'],
  ['an hour that does not exist', 'Affluence;accueil;lun;9:75;10:00;', 'NOT_ALLOWED'],
  ['an hour after midnight', 'Ouverture;accueil;lun;9:00;24:30;', 'NOT_ALLOWED'],
  ['an opening at the end of the day', 'Ouverture;accueil;lun;24:00;24:00;', 'NOT_ALLOWED'],
  ['seconds that do not exist', 'Ouverture;accueil;lun;9:00:75;10:00;', 'NOT_ALLOWED'],
  ['hours that run backwards', 'Affluence;accueil;lun;11:00;10:00;', 'REQUIRED'],
  ['an item without a value', 'Médiateur;;;;;', 'REQUIRED'],
  ['an unknown item', 'Météo;;;;;beau', 'NOT_ALLOWED'],
])('contacts with %s are rejected', async (_case, line, code) => {
  const report = await load(contacts, 'site;rubrique;canal;jours;debut;fin;valeur', `${BAPAUME};${line}`);
  expect(report).toMatchObject({ state: 'REFUSED', problems: [{ code, severity: 'REJECTED' }] });
});

test('procedures and the delays announced for them, by territory and channel', async () => {
  await load(procedures, 'id;nom;reseau;phare', 'PROC-rsa;Demande de RSA;CAF;non');
  const report = await load(
    announcedDelays,
    "demarche;territoire;canal;jours;date d'annonce",
    'PROC-rsa;DEP-62;En ligne;15;2025-01-01',
    'PROC-rsa;;Courrier;30;01/01/2025',
    'PROC-rsa;DEP-00;Courrier;30;2025-01-01',
    'PROC-inconnue;;Courrier;30;2025-01-01',
  );
  expect(report).toMatchObject({ state: 'PUBLISHED', counts: { quarantined: 2 }, merge: { inserted: 2 } });
  const found = await rows(sql`
    select p.name, p.network_id, d.territory_id, d.channel, d.days, d.announced_on
    from announced_delay d join procedure p on p.id = d.procedure_id order by d.days`);
  const rsa = { name: 'Demande de RSA', network_id: 'NET-caf', announced_on: '2025-01-01' };
  expect(found).toEqual([
    { ...rsa, territory_id: 'DEP-62', channel: 'ONLINE', days: 15 },
    { ...rsa, territory_id: 'FR', channel: 'POST', days: 30 },
  ]);
});

test.each([
  ['a negative delay', '-1;2025-01-01', 'OUT_OF_RANGE'],
  ['a delay in words', 'n.d.;2025-01-01', 'NOT_AN_INTEGER'],
  ['no delay', ';2025-01-01', 'REQUIRED'],
  ['the 30th of February', '3;2025-02-30', 'NOT_A_DATE'],
])('%s is rejected, never zero', async (_case, cells, code) => {
  const header = "demarche;canal;jours;date d'annonce";
  const report = await load(announcedDelays, header, `PROC-caf-aide-au-logement;courrier;${cells}`);
  expect(report).toMatchObject({ state: 'REFUSED', problems: [{ code, severity: 'REJECTED' }] });
});

test('wordings of a network and where they are displayed', async () => {
  await load(commitmentWordings, 'reseau;engagement;formulation;depuis', 'CAF;E4;Sous 15 jours;2024-01-01');
  const report = await load(
    commitmentDisplays,
    'reseau;engagement;site;lieu;url;depuis',
    'France Travail;E4;pole_emploi-62080-01;accueil;;2024-02-01',
    'CAF;2021-4;;web;https://exemple.fr/engagements;',
    'CAF;E12;;web;https://exemple.fr/engagements;',
  );
  expect(report).toMatchObject({ counts: { quarantined: 1 }, merge: { inserted: 2 } });
  expect(await rows(sql`select network_id, commitment_id, wording from network_commitment`)).toEqual([
    { network_id: 'NET-caf', commitment_id: 'COMMITMENT-E4', wording: 'Sous 15 jours' },
  ]);
  expect(
    await rows(sql`select commitment_id, site_id, place from commitment_display order by place`),
  ).toEqual([
    { commitment_id: 'COMMITMENT-E4', site_id: BAPAUME, place: 'RECEPTION' },
    { commitment_id: 'COMMITMENT-2021-4', site_id: null, place: 'WEB' },
  ]);
});
