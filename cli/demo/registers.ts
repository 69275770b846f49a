import { DEMO_DAYS, dayAfter } from './calendar.ts';
import { chance, spread } from './chance.ts';
import type { CsvRow } from './files.ts';
import { type DemoPlace, SHOWN_SITE } from './places.ts';
import { BODIES, ERRORS, MEASURES, PRACTICES, REUSES } from './register-texts.ts';

/** Share of the sites where something of a kind is told. */
const SHARES = { practice: 0.006, reuse: 0.015, body: 0.02, eco: 0.04 };

const isDrawn = (what: keyof typeof SHARES, { site }: DemoPlace) =>
  site === SHOWN_SITE || chance(what, site) < SHARES[what];
const drawnOf = <T>(list: readonly T[], ...keys: readonly (string | number)[]): T =>
  list[Math.floor(chance(...keys) * list.length)] ?? (list[0] as T);
const between = (low: number, high: number, ...keys: readonly (string | number)[]) =>
  low + Math.floor(chance(...keys) * (high - low + 1));
const subjectOf = ({ network, structure, site }: DemoPlace): CsvRow => ({
  reseau: network,
  code_sp_structure: structure ?? '',
  site,
});
const national = (network: string): CsvRow => ({ reseau: network, code_sp_structure: '', site: '' });

/** The errors of each procedure, as rows of the template `frequent-errors`. Some advice waits for its review. */
export const errorRows = (lastDay: string): CsvRow[] =>
  ERRORS.map(({ network, procedure, error, consequence, advice, share }, index) => {
    const cases = between(400, 2400, 'cases', error);
    const reviewed = dayAfter(lastDay, -between(10, 600, 'reviewed', error));
    const changed = dayAfter(reviewed, between(-80, 40, 'rules', error));
    return {
      identifiant: `ERR-DEMO-${index + 1}`,
      ...national(network),
      demarche: procedure,
      erreur: error,
      consequence,
      conseil: advice,
      rang: ERRORS.filter((other, rank) => other.procedure === procedure && rank <= index).length,
      dossiers_en_erreur: Math.round((cases * share) / 100),
      dossiers: cases,
      valable_depuis: dayAfter(reviewed, -between(30, 400, 'valid', error)),
      relu_le: reviewed,
      regles_modifiees_le: chance('changed', error) < 0.4 && changed <= lastDay ? changed : '',
      publie: 'oui',
    };
  });

/** A practice of each network and those of some sites, as rows of the template `good-practices`. */
export function practiceRows(
  networks: readonly string[],
  places: readonly DemoPlace[],
  lastDay: string,
): CsvRow[] {
  const row = (key: string, subject: CsvRow): CsvRow => {
    const { commitments, title, description, conditions, results, contact } = drawnOf(
      PRACTICES,
      'practice of',
      key,
    );
    return {
      identifiant: `PRACTICE-DEMO-${key}`,
      ...subject,
      titre: title,
      description,
      conditions,
      resultats: results,
      engagements: commitments,
      contact,
      depuis: dayAfter(lastDay, -between(90, DEMO_DAYS - 30, 'practice since', key)),
      publie:
        chance('practice published', key) < 0.9 || networks.includes(key) || key === SHOWN_SITE
          ? 'oui'
          : 'non',
    };
  };
  return [
    ...networks.map((network) => row(network, national(network))),
    ...places.filter((place) => isDrawn('practice', place)).map((place) => row(place.site, subjectOf(place))),
  ];
}

/** Sites that took up the practice of a network, their own or another, as rows of `practice-reuses`. */
export const reuseRows = (
  networks: readonly string[],
  places: readonly DemoPlace[],
  lastDay: string,
): CsvRow[] =>
  places
    .filter((place) => isDrawn('reuse', place))
    .map((place) => ({
      identifiant: `REUSE-DEMO-${place.site}`,
      ...subjectOf(place),
      bonne_pratique: `PRACTICE-DEMO-${drawnOf(networks, 'reused', place.site)}`,
      repris_le: dayAfter(lastDay, -between(3, 85, 'reused on', place.site)),
      commentaire: drawnOf(REUSES, 'reuse words', place.site),
      publie: 'oui',
    }));

/** A panel of each network and the bodies of some sites, as rows of the template `listening-bodies`. */
export function bodyRows(
  networks: readonly string[],
  places: readonly DemoPlace[],
  lastDay: string,
): CsvRow[] {
  const row = (
    key: string,
    subject: CsvRow,
    { kind, name }: (typeof BODIES)[number],
    size: number,
  ): CsvRow => {
    const made = between(0, 12, 'recommendations', key);
    return {
      identifiant: `BODY-DEMO-${key}`,
      ...subject,
      nom: name,
      nature: kind,
      usagers: between(size, size * 3, 'users', key),
      agents: between(1, 6, 'agents', key),
      partenaires: kind === 'instance mixte' ? between(2, 6, 'partners', key) : '',
      elus: kind === 'instance mixte' ? between(1, 3, 'elected', key) : '',
      reunions_par_an: between(1, 6, 'meetings', key),
      derniere_reunion: dayAfter(lastDay, -between(2, 300, 'met', key)),
      recommandations: made,
      suivies: Math.floor(made * (0.3 + 0.6 * chance('followed', key))),
      publie: 'oui',
    };
  };
  const panel = { kind: 'panel d’usagers', name: 'Panel national d’usagers' };
  return [
    ...networks.map((network) => row(network, national(network), panel, 60)),
    ...places
      .filter((place) => isDrawn('body', place))
      .map(({ commune, ...place }) => {
        const body = drawnOf(BODIES, 'body kind', place.site);
        return row(
          place.site,
          subjectOf({ ...place, commune }),
          { ...body, name: `${body.name} – ${commune}` },
          6,
        );
      }),
  ];
}

/** Measures of some sites, as rows of the template `eco-measures`; not every effect is measured. */
export const ecoRows = (places: readonly DemoPlace[], lastDay: string): CsvRow[] =>
  places
    .filter((place) => isDrawn('eco', place))
    .map((place) => {
      const { kind, title, what, effect, unit } = drawnOf(MEASURES, 'measure', place.site);
      const measured = place.site === SHOWN_SITE || chance('measured', place.site) < 0.7;
      const size = 1 + spread('effect', place.site) / 9;
      return {
        identifiant: `ECO-DEMO-${place.site}`,
        ...subjectOf(place),
        nature: kind,
        titre: title,
        description: what,
        depuis: dayAfter(lastDay, -between(20, DEMO_DAYS - 10, 'eco since', place.site)),
        effet: measured ? Math.round(effect * size) : '',
        unite: measured ? unit : '',
        publie: 'oui',
      };
    });
