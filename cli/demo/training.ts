import { chance, spread } from './chance.ts';
import type { CsvRow } from './files.ts';
import { type DemoPlace, SHOWN_SITE } from './places.ts';

/** What agents are trained to, and the share of them that is on average. */
const THEMES = { bienveillance: 0.74, "droit à l'erreur": 0.58, 'langage clair': 0.31 } as const;

/** Share of the units that counted their agents: a site beside others, or the structure of several. */
const COUNTED = { SITE: 0.04, STRUCTURE: 0.6 };

/**
 * Trained agents at the end of last year, as rows of the template `training-counts`: structures where a network has
 * some, else sites. Networks that counted once for all their agents have finer counts beside it, which hold then.
 */
export function* trainingRows(
  networks: readonly string[],
  places: readonly DemoPlace[],
  lastDay: string,
): Generator<CsvRow> {
  const year = Number(lastDay.slice(0, 4)) - 1;
  const units = new Map<string, { subject: CsvRow; share: number; agents: number }>();
  for (const network of networks) {
    const subject = { reseau: network, code_sp_structure: '', site: '' };
    units.set(network, { subject, share: 0.5, agents: 4000 });
  }
  for (const { network, structure, site } of places) {
    const unit = structure ?? site;
    if (units.has(unit)) continue;
    const share = site === SHOWN_SITE ? 1 : COUNTED[structure === null ? 'SITE' : 'STRUCTURE'];
    const subject = {
      reseau: network,
      code_sp_structure: structure ?? '',
      site: structure === null ? site : '',
    };
    units.set(unit, { subject, share, agents: structure === null ? 18 : 160 });
  }
  for (const [unit, { subject, share, agents }] of units) {
    if (chance('counted agents', unit) >= share) continue;
    const there = Math.max(3, Math.round(agents * (1 + spread('agents in contact', unit) / 6)));
    for (const [theme, trained] of Object.entries(THEMES)) {
      const rate = Math.min(1, Math.max(0, trained + 0.12 * spread('trained', unit, theme)));
      yield {
        identifiant: `TRAIN-DEMO-${unit}-${year}-${theme.slice(0, 3)}`,
        ...subject,
        theme,
        periode: String(year),
        agents_en_contact: there,
        agents_formes: Math.round(there * rate),
        arrete_le: `${year}-12-31`,
        publie: 'oui',
      };
    }
  }
}
