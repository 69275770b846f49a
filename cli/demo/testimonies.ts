import { chance, spread } from './chance.ts';
import type { DemoVoice } from './voice-networks.ts';
import type { VoicePlace } from './voice-places.ts';
import { DEMO_PRAISES } from './voice-praises.ts';
import type { DemoTopic } from './voice-topic.ts';
import { DEMO_TROUBLES } from './voice-troubles.ts';

/** One invented testimony, in the columns of the open-data export that it fills. */
export type DemoTestimony = Readonly<Record<string, string>>;

const DEMO_TOPICS = [...DEMO_TROUBLES, ...DEMO_PRAISES];

/** Two years of writing, up to this day. */
const LAST_DAY = '2026-10-31';
const DAYS = 730;
const DAY_MS = 86_400_000;

/** Where the facts that the documentation shows are: something is told of each place there. */
const SHOWN = { departement: 'DEP-62', networks: ['NET-caf', 'NET-cpam', 'NET-france-travail'], more: 3 };

const NAMES =
  'Amina Baptiste Camille Daniel Élodie Farid Gaëlle Hugo Inès Jules Karim Léa Marc Nadia Olivier Pauline Quentin Rose Samir Thérèse Yann Zoé'.split(
    ' ',
  );
const REASONS = ['Données personnelles', 'Agent nommé', 'Propos injurieux', 'Hors périmètre'];

/**
 * Testimonies of a network, place by place: the same on every machine.
 * @param today day from which nothing may come later: all move back with it on a machine whose clock is behind
 */
export function* demoTestimonies(
  voice: DemoVoice,
  places: readonly VoicePlace[],
  today: string,
): Generator<DemoTestimony> {
  const last = today < LAST_DAY ? today : LAST_DAY;
  for (const [rank, place] of places.entries()) {
    const key = `${voice.network}/${place.site ?? rank}`;
    const expected = (voice.count / places.length) * (0.3 + 1.4 * chance('busy', key));
    const shown = place.departementId === SHOWN.departement && SHOWN.networks.includes(voice.network);
    const many = Math.floor(expected + chance('many', key)) + (shown ? SHOWN.more : 0);
    for (let index = 0; index < many; index += 1) yield testimonyOf(voice, place, `${key}/${index}`, last);
  }
}

/** Id of the export of the testimony told in the turn `key`: network, place and rank. */
const testimonyId = (key: string) => `DEMO-${Math.floor(chance('id', key) * 2 ** 40)}`;

function testimonyOf(voice: DemoVoice, place: VoicePlace, key: string, last: string): DemoTestimony {
  const topic = topicOf(key.slice(0, key.lastIndexOf('/')), key);
  const procedure = pick(voice.procedures, 'procedure', key);
  const fill = (text: string) =>
    elided(text.replace('{service}', voice.name).replace('{procedure}', procedure.toLocaleLowerCase('fr')));
  const written = daysBefore(last, Math.floor(chance('written', key) * DAYS));
  const published = daysBefore(written, -1 - Math.floor(chance('published', key) * 6));
  const state = stateOf(key, published, last);
  return {
    'ID expérience': testimonyId(key),
    'Etat expérience': state,
    'Écrit le': written,
    'Date de publication': state === 'Publiée' ? published : '',
    'Motif de rejet': state === 'Rejetée' ? pick(REASONS, 'reason', key) : '',
    Titre: pick(topic.titles, 'title', key),
    Description: topic.sentences.map((choices, at) => fill(pick(choices, `text ${at}`, key))).join(' '),
    'Posté comme': postedAs(voice, key),
    'Ressenti usager': topic.feeling,
    'Pseudonyme usager': `${pick(NAMES, 'name', key)}${Math.floor(chance('digits', key) * 90) + 10}`,
    'Démarches saisies par usager': procedure,
    'Intitulé région usager': place.region,
    'Intitulé département usager': place.departement,
    Pays: 'France',
    'Intitulé typologie 1': voice.label,
    'Canaux typologie 1': pick(topic.channels, 'channel', key),
    'Code SP+ structure 1': place.structure ?? '',
    'Site structure 1': place.site ?? '',
    ...(state === 'Publiée' ? replyOf(voice, topic, { key, written, published, last, fill }) : {}),
    'Expériences Similaires': String(Math.floor(-4 * Math.log(1 - chance('similar', key)))),
    'Amélioration de service à considérer':
      topic.feeling !== 'Positif' && chance('improvement', key) < 0.4
        ? pick(topic.improvements, 'which improvement', key)
        : '',
    ...Object.fromEntries(topic.tags.map((tag) => [tag, 'Oui'])),
  };
}

/** A place is better or worse than others for all who write of it. */
function topicOf(place: string, key: string): DemoTopic {
  const liking = Math.exp(0.5 * spread('quality', place));
  const weights = DEMO_TOPICS.map(({ weight, feeling }) => weight * (feeling === 'Positif' ? liking : 1));
  let left = chance('topic', key) * weights.reduce((sum, weight) => sum + weight, 0);
  const at = weights.findIndex((weight) => (left -= weight) < 0);
  const topic = DEMO_TOPICS[Math.max(0, at)];
  if (topic === undefined) throw new Error('The demonstration set has no topic.');
  return topic;
}

function stateOf(
  key: string,
  published: string,
  last: string,
): 'Publiée' | 'Rejetée' | 'En attente de modération' {
  if (published > last) return 'En attente de modération';
  return chance('rejected', key) < 0.03 ? 'Rejetée' : 'Publiée';
}

function postedAs({ network }: DemoVoice, key: string): string {
  const businesses = { 'NET-sie': 0.95, 'NET-urssaf': 0.7 }[network] ?? 0.03;
  if (chance('posted as', key) < businesses) return 'Entreprise';
  return chance('association', key) < 0.02 ? 'Association' : 'Particulier';
}

interface Told {
  key: string;
  written: string;
  published: string;
  last: string;
  fill(text: string): string;
}

/** A reply after a delay around the network's own, a draft, one that waits for validation, or nothing yet. */
function replyOf(
  { name, reply }: DemoVoice,
  topic: DemoTopic,
  { key, written, published, last, fill }: Told,
): DemoTestimony {
  const delay = Math.max(1, Math.round(reply.days * Math.exp(0.45 * spread('delay', key))));
  const after = daysBefore(written, -delay);
  const answered = after < published ? published : after;
  const body = `Bonjour,\n${fill(pick(topic.replies, 'reply', key))}\nL’équipe de ${name}`.replace(
    'de le ',
    'du ',
  );
  if (chance('answered', key) >= reply.share || answered > last) {
    const drawn = chance('draft', key);
    return {
      'Statut réponse structure 1': drawn < 0.1 ? 'À valider' : drawn < 0.2 ? 'Brouillon' : 'À traiter',
      'Réponse structure 1': drawn < 0.2 ? body : '',
    };
  }
  const engaged = daysBefore(answered, -3 - Math.floor(chance('engaged', key) * 60));
  const acts = topic.feeling !== 'Positif' && chance('acts', key) < 0.12 && engaged <= last;
  return {
    'Statut réponse structure 1': 'Réponse publiée',
    'Réponse structure 1': body,
    'Taux de similarité réponse IA structure 1':
      chance('ai', key) < 0.35 ? (100 * chance('similarity', key)).toFixed(1).replace('.', ',') : '',
    'Date de premiere réponse': answered,
    ...(acts ? { 'Action engagée': 'Oui', "Date de l'action engagée": engaged } : {}),
  };
}

/** « à le commissariat » is « au commissariat ». */
const elided = (text: string): string => text.replace(/\bde le /g, 'du ').replace(/(?<=\s)à le /g, 'au ');

const pick = (choices: readonly string[], ...keys: readonly string[]): string =>
  choices[Math.floor(chance(...keys) * choices.length)] ?? '';

/** ISO day so many days before another; a negative number counts forward. */
const daysBefore = (day: string, days: number): string =>
  new Date(Date.parse(day) - days * DAY_MS).toISOString().slice(0, 10);
