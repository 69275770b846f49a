import { DEMO_DAYS, dayAfter } from './calendar.ts';
import { chance, spread } from './chance.ts';
import type { CsvRow } from './files.ts';
import { CONFERENCE_SUMMARIES, IDEAS, PRIORITIES, SET_ASIDE } from './governance-texts.ts';
import { type DemoPlace, SHOWN_SITE } from './places.ts';

/** Share of the sites that hold a conference in a year, and that collect an idea. */
const CONFERENCES = 0.008;
const IDEAS_SHARE = 0.012;

const isDrawn = (what: string, share: number, { site }: DemoPlace) =>
  site === SHOWN_SITE || chance(what, site) < share;
const subjectOf = ({ network, structure, site }: DemoPlace) => ({
  reseau: network,
  code_sp_structure: structure ?? '',
  site,
});
const drawnOf = <T>(list: readonly T[], ...keys: readonly (string | number)[]): T =>
  list[Math.floor(chance(...keys) * list.length)] ?? (list[0] as T);

/** The columns of a file are those of its first row. */
const BLANK = Object.fromEntries(
  'identifiant reseau code_sp_structure site titre etat prevue_le tenue_le usagers agents partenaires elus bilan_partage synthese motif priorite engagement publie'
    .split(' ')
    .map((name) => [name, '']),
);

/** Conferences of stakeholders as rows of the template `conferences`: one row per priority, of one commitment each. */
export function* conferenceRows(places: readonly DemoPlace[], lastDay: string): Generator<CsvRow> {
  for (const place of places.filter((each) => isDrawn('conference', CONFERENCES, each))) {
    const { site, commune } = place;
    const drawn = site === SHOWN_SITE ? 0.5 : chance('conference state', site);
    const state = drawn < 0.85 ? 'tenue' : drawn < 0.93 ? 'prévue' : 'annulée';
    const heldOn = dayAfter(lastDay, -(10 + Math.floor(chance('conference day', site) * (DEMO_DAYS - 40))));
    const whole = {
      ...BLANK,
      identifiant: `CONF-DEMO-${site}`,
      ...subjectOf(place),
      titre: `Conférence des parties prenantes – ${commune}`,
      etat: state,
      prevue_le: state === 'prévue' ? dayAfter(lastDay, 45) : heldOn,
      publie: state === 'tenue' && (site === SHOWN_SITE || drawn < 0.7) ? 'oui' : 'non',
    };
    if (state !== 'tenue') {
      yield { ...whole, motif: state === 'annulée' ? 'Trop peu d’inscrits : reportée à l’an prochain.' : '' };
      continue;
    }
    const present = (college: string, usual: number) =>
      Math.max(0, Math.round(usual + (usual / 2) * spread('present', college, site)));
    const held = {
      ...whole,
      tenue_le: heldOn,
      usagers: 2 + present('users', 9),
      agents: 1 + present('agents', 5),
      partenaires: present('partners', 2),
      elus: present('officials', 1),
      bilan_partage: chance('review', site) < 0.9 ? 'oui' : 'non',
      synthese: drawnOf(CONFERENCE_SUMMARIES, 'summary', site),
    };
    const chosen = Object.entries(PRIORITIES)
      .sort(([a], [b]) => chance('priority', site, a) - chance('priority', site, b))
      .slice(0, 2 + Math.floor(chance('priorities', site) * 2));
    for (const [engagement, priorite] of chosen) yield { ...held, priorite, engagement };
  }
}

/** Ideas of agents as rows of the template `ideas`. */
export const ideaRows = (places: readonly DemoPlace[], lastDay: string): CsvRow[] =>
  places
    .filter((place) => isDrawn('idea', IDEAS_SHARE, place))
    .map((place) => {
      const { site } = place;
      const { title, description, commitments } = drawnOf(IDEAS, 'which idea', site);
      const drawn = site === SHOWN_SITE ? 0.5 : chance('idea state', site);
      const state = drawn < 0.3 ? 'adoptée' : drawn < 0.6 ? 'faite' : drawn < 0.8 ? 'proposée' : 'écartée';
      const age = 60 + Math.floor(chance('idea day', site) * (DEMO_DAYS - 90));
      const isPublic = drawn < 0.6 && (site === SHOWN_SITE || chance('idea public', site) < 0.6);
      return {
        identifiant: `IDEA-DEMO-${site}`,
        ...subjectOf(place),
        titre: title,
        description,
        etat: state,
        engagements: commitments,
        proposee_le: dayAfter(lastDay, -age),
        faite_le: state === 'faite' ? dayAfter(lastDay, -age + 50) : '',
        motif: state === 'écartée' ? drawnOf(SET_ASIDE, 'why not', site) : '',
        publie: isPublic ? 'oui' : 'non',
      };
    });
