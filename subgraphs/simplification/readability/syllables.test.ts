import { describe, expect, test } from 'vitest';
import { syllablesOf } from './syllables.ts';

/** Words by number of syllables, counted by hand, each group for one rule. */
const RULES: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  'a final e is mute, and a short word has one syllable': {
    1: 'le de ce que page lettre dates êtes sommes une es les site rue vie roue',
    2: 'demande formule service mairie partie année durée',
  },
  'a mute e counts inside a word': {
    3: 'maintenant logement document',
    4: 'rapidement probablement',
    5: 'développement',
  },
  'nor does an e after a vowel': { 2: 'paiement paiera gaieté', 3: 'dévouement', 4: 'remerciement étudiera' },
  'qu and gu are consonants before a vowel': {
    1: 'qui langue banque longue quoi',
    2: 'requête guichet longueur fatigue aigu unique',
    4: 'explication déléguera',
  },
  'a vowel glides into the next': {
    1: 'lieu bien pied lui nuit oui fiable science',
    2: 'nation dossier papier annuel allouée banlieue',
    3: 'situation financière étudiant italien intérieur',
    4: 'bénéficiaire individuel obligation',
  },
  'not after a consonant with l or r': {
    1: 'bruit fruit pluie trois croix',
    2: 'client cruel prière trier clouer',
    3: 'ouvrier oublier publier février influence devriez voudrions quatrième',
    4: 'propriété industriel multiplier calendrier priorité',
  },
  'an accent keeps vowels apart': {
    2: 'naïf maïs théâtre réseau Noël',
    3: 'réunion création égoïste agréée',
    4: 'réaliser européen coéquipier',
  },
  'so do o and a, o and o': { 2: 'chaos', 4: 'coopérer coefficient', 5: 'extraordinaire' },
  'y between vowels is a consonant': {
    1: 'yeux paye payent',
    2: 'payer moyen royal tuyau yaourt',
    3: 'envoyer employé appuyer employeur',
  },
  'i is heard with l': {
    2: 'travail famille accueil conseil juillet brouillon fouiller',
    3: 'travailler accueillir conseiller',
    1: 'œil feuille cueille',
  },
  'the end of plural verbs is silent': {
    1: 'payent crient aiment doivent peuvent',
    2: 'demandent appellent informent obtiennent publient',
    3: 'étudient remercient répondaient',
    4: 'bénéficient',
  },
  'that of nouns, adjectives and adverbs is spoken': {
    1: 'cent vient',
    2: 'client agent souvent urgent récent patient convient parents',
    3: 'différent président document simplement',
  },
  'acronyms are spelled out, or read like words': { 1: 'CAF', 2: 'PUMA', 3: 'RSA APL SMS', 4: 'CPAM' },
  'irregular words': { 1: 'août', 2: 'pays monsieur alcool', 3: 'paysage' },
};

describe.each(Object.entries(RULES))('%s', (_rule, groups) => {
  const cases = Object.entries(groups).flatMap(([count, words]) =>
    words.split(' ').map((word): [string, number] => [word, Number(count)]),
  );
  test.each(cases)('%s: %i', (word, count) => {
    expect(syllablesOf(word)).toBe(count);
  });
});

/** Words of administrative letters, counted by hand before the rules were tried on them. */
const SAMPLE: Readonly<Record<number, string>> = {
  1: `nous vous dans pour sur mois compte droit somme preuve fin suite pièce charge trop jours nom tiers coût joindre heure
    carte seuil deuil kiosque femme grise fuel`,
  2: `avec avons bureau courrier décret foyer mairie montant délai refus recours besoin adresse bancaire enfants loyer
    fiscal retraite naissance ayant quinzaine suivant signer erreur transmises dépôt second tuteur quotient accueillent
    conduire aîné extrait vieillesse forfait duquel auxquels lesquelles recueil aïeul deuxième violence`,
  3: `déclarer attention réception signature formulaire numéro retenue prestation cotisant convention médiateur impayé
    préfecture demandeur décision domicile obtenir commission modifier versement dépendra assurance justifier tribunal
    examen revenus ultérieur hiérarchique quotidien usager ouverture agricole exploitant véhicule antérieure maladie
    maximum triennal patiemment essentiel biologique`,
  4: `allocation identité validité réclamation attestation conformément prélèvement recouvrement renseignements
    territorial majoration administré déclaration européenne conjointement trimestrielle complémentaire secrétariat
    mutualité hébergement handicapé évidemment réexamen coexister pluriannuel`,
  5: 'justificatif notification immédiatement administratif préalablement réglementation financièrement',
  6: `irrégularité régularisation individualisé dématérialisé responsabilité interministériel rééchelonnement`,
};

test('the error on words counted by hand is below 1 %', () => {
  const wrong = Object.entries(SAMPLE).flatMap(([count, words]) =>
    words.split(/\s+/).filter((word) => syllablesOf(word) !== Number(count)),
  );
  const total = Object.values(SAMPLE).flatMap((words) => words.split(/\s+/)).length;
  expect(total).toBe(150);
  // The prefix stands apart from what follows, which spelling does not show.
  expect(wrong).toEqual(['pluriannuel']);
});
