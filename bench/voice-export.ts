import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Told, type Voice, type VoiceConcern, voiceOf } from '../cli/demo/voices/voice.ts';

const FEELINGS = { POSITIVE: 'Positif', NEUTRAL: 'Neutre', NEGATIVE: 'Négatif' };
const STATUSES = {
  PUBLISHED: 'Réponse publiée',
  TO_PROCESS: 'À traiter',
  DRAFT: 'Brouillon',
  TRANSFERRED: 'Transférée',
};
const POSTED_AS = {
  INDIVIDUAL: 'Un particulier',
  BUSINESS: 'Une entreprise',
  ASSOCIATION: 'Une association',
};
const TAG_HEADERS: Readonly<Record<string, string>> = {
  relation: 'Relation',
  reactivite: 'Réactivité',
  'information-explication': 'Information/Explication',
  'simplicite-complexite': 'Simplicité/Complexité',
  accessibilite: 'Accessibilité',
};

type Cell = (voice: Voice) => string | number | null | undefined;
const GROUPS: Readonly<Record<string, (concern: VoiceConcern) => string | null>> = {
  'Code SP+ structure': ({ told }) => told.code,
  'Canaux typologie': ({ channels }) => channels.join(', '),
  'Statut réponse structure': ({ status }) => STATUSES[status],
  'Réponse structure': ({ answered }) => answered && 'Bonjour, merci pour votre message.',
  'Taux de similarité réponse IA structure': ({ answered, similarity }) =>
    answered && similarity.replace('.', ','),
};

/** The columns of the open-data export that these testimonies fill. */
const COLUMNS: Readonly<Record<string, Cell>> = {
  'ID expérience': ({ number }) => number,
  'Etat expérience': ({ state }) => (state === 'PUBLISHED' ? 'Publiée' : 'Rejetée'),
  'Écrit le': ({ written }) => written,
  'Date de publication': ({ published }) => published,
  Titre: ({ title }) => title,
  Description: ({ body }) => body,
  'Posté comme': ({ postedAs }) => POSTED_AS[postedAs],
  'Ressenti usager': ({ feeling }) => FEELINGS[feeling],
  'Pseudonyme usager': ({ pseudonym }) => pseudonym,
  'Démarches saisies par usager': ({ procedure }) => procedure,
  'Intitulé département usager': ({ home }) => home?.departementName,
  'Motif de rejet': ({ state }) => (state === 'REJECTED' ? 'Hors périmètre' : null),
  ...Object.fromEntries(
    [0, 1, 2].flatMap((index) =>
      Object.entries(GROUPS).map(([header, cell]): [string, Cell] => [
        `${header} ${index + 1}`,
        ({ concerns }) => concerns[index] && cell(concerns[index]),
      ]),
    ),
  ),
  'Date de premiere réponse': ({ concerns }) => concerns.find(({ answered }) => answered)?.answered,
  'Action engagée': ({ acted }) => (acted ? 'Oui' : null),
  "Date de l'action engagée": ({ acted }) => acted,
  'Expériences Similaires': ({ similar }) => similar,
  ...Object.fromEntries(
    Object.entries(TAG_HEADERS).map(([id, header]): [string, Cell] => [
      header,
      ({ tags }) => (tags.includes(id) ? 'Oui' : null),
    ]),
  ),
};

/** The headers of the file. */
export const EXPORT_HEADERS = Object.keys(COLUMNS);

/** Writes an export of that many testimonies, as the platform does: semicolons, every cell quoted. */
export async function writeExport(path: string, count: number, places: readonly Told[]): Promise<void> {
  await pipeline(Readable.from(blocks(count, places)), createWriteStream(path));
}

function* blocks(count: number, places: readonly Told[]): Generator<string> {
  const line = (cells: readonly ReturnType<Cell>[]) =>
    `${cells.map((cell) => `"${cell ?? ''}"`).join(';')}\r\n`;
  let block = line(EXPORT_HEADERS);
  for (let number = 0; number < count; number += 1) {
    const voice = voiceOf(number, count, places);
    block += line(Object.values(COLUMNS).map((cell) => cell(voice)));
    if (block.length < 1 << 16) continue;
    yield block;
    block = '';
  }
  yield block;
}
