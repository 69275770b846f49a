import { dayAfter } from './calendar.ts';
import { chance } from './chance.ts';
import type { CsvRow } from './files.ts';
import { DECISIONS, MAJORS } from './governance-texts.ts';

/** Major actions as rows of the template `major-actions`: one row per milestone. */
export function* majorRows(lastDay: string): Generator<CsvRow> {
  for (const { key, network, title, description, commitments, state, milestones, reached } of MAJORS) {
    const age = 500 + Math.floor(chance('major', key) * 200);
    const startsOn = dayAfter(lastDay, -age);
    const ended = state === 'terminée' || state === 'arrêtée';
    const step = Math.floor(age / (milestones.length + 1));
    for (const [rank, milestone] of milestones.entries()) {
      const due = dayAfter(startsOn, step * (rank + 1));
      yield {
        identifiant: `MAJOR-DEMO-${key}`,
        reseau: network,
        titre: title,
        description,
        etat: state,
        engagements: commitments,
        commencee_le: state === 'prévue' ? '' : startsOn,
        terminee_le: ended ? dayAfter(lastDay, -20) : '',
        motif: state === 'arrêtée' ? 'L’essai n’a pas trouvé son public.' : '',
        jalon: milestone,
        // What has not been reached is due after the last day, but for one that is late.
        echeance: rank < reached || key === 'rappel' ? due : dayAfter(lastDay, 90 * (rank + 1)),
        atteint_le:
          rank < reached ? dayAfter(due, Math.floor(30 * (chance('reached', key, rank) - 0.5))) : '',
      };
    }
  }
}

const BODIES = [
  ['comité de pilotage', 'COPIL', 0],
  ['commission usagers particuliers', 'PARTICULIERS', 40],
  ['commission usagers entreprises', 'ENTREPRISES', 70],
] as const;

/**
 * Sessions of four half-years and their decisions, as rows of the template `decisions`. The steering committee did not
 * meet in one of them, so that the flag of a missing half-year has something to show.
 */
export function* decisionRows(lastDay: string): Generator<CsvRow> {
  for (const [body, code, shift] of BODIES) {
    for (const rank of [0, 1, 2, 3]) {
      if (code === 'COPIL' && rank === 2) continue;
      const heldOn = dayAfter(lastDay, -(30 + shift + 182 * rank));
      const session = `MEETING-DEMO-${code}-${4 - rank}`;
      for (const [index, { words, commitments, major }] of DECISIONS.entries()) {
        if (chance('decided', session, index) > 0.45 && index !== rank) continue;
        const drawn = chance('decision state', session, index);
        const ended = rank > 0 && drawn < 0.7;
        const abandoned = ended && drawn < 0.1;
        yield {
          seance: session,
          instance: body,
          semestre: '',
          tenue_le: heldOn,
          synthese: 'Séance de démonstration : points d’avancement et décisions.',
          identifiant: `DECISION-DEMO-${code}-${4 - rank}-${index + 1}`,
          decision: words,
          engagements: commitments,
          echeance: dayAfter(heldOn, 180),
          etat: abandoned ? 'abandonnée' : ended ? 'exécutée' : 'prise',
          executee_le: ended ? dayAfter(heldOn, 20 + Math.floor(100 * drawn)) : '',
          motif: abandoned ? 'Remplacée par une mesure de portée plus large.' : '',
          action_majeure: major === '' ? '' : `MAJOR-DEMO-${major}`,
        };
      }
    }
  }
}
