/** A source of numbers from 0 up to 1, the same at each run (mulberry32). */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Words that say nothing, the most frequent first: the search leaves them out. */
const STOP =
  'de la le et les à je des un que pour en une pas est ne avec ai du qui dans au sur mon par mais plus me il on ce ma nous très tout'.split(
    ' ',
  );

/** What people write of public services, roughly the most frequent first; several forms of a word, as in texts. */
const KNOWN =
  'accueil dossier agent réponse service demande rendez-vous téléphone attente site personnel merci mois courrier semaines guichet bonjour aide conseillère agréable compte documents question impossible heures problème information rapide démarche situation efficace bureau ligne mail explications retard jours portail conseiller paiement formulaire réclamation justificatifs numéro allocations professionnelle délai temps droits accueillie gentillesse appel accessible écoute solution retraite carte identité passeport impôts déclaration permis conduire préfecture titre séjour mairie famille enfant logement emploi inscription attestation internet espace connexion erreur mot passe bloquée relance refus remboursement soins médecin maladie pension veuve succession handicap fauteuil rampe escalier porte portes fermée ouverte horaires parking file queue claire compétente souriante patience disponible sérieux respect mépris incompréhension injoignable musique raccroché transféré accident travail indemnités chômage formation contrat stage prime activité bourse étudiant vélo voiture train gare village quartier commune département tribunal plainte police gendarmerie vol agression audience jugement avocat amende stationnement radar douane colis frontière consulat visa mariage naissance décès acte état civil vote élection liste recensement eau électricité gaz chauffage facture loyer caution bailleur travaux permis construire cadastre taxe foncière habitation revenus prélèvement trimestre entreprise artisan commerçant cotisation urssaf siret création fermeture association subvention'.split(
    ' ',
  );

const STARTS = 'b br c ch cl cr d dr f fl fr g gl gr h j l m n p ph pl pr qu r s sc st t tr v vr z'.split(
  ' ',
);
const MIDDLES = 'a ai an au e é è eau en eu i ia ie in o oi on ou u ui un y'.split(' ');

/** Names, places, rare and misspelt words: invented, each made of two to four syllables. */
function* invented(count: number): Generator<string> {
  const next = numbers(7);
  const one = (list: readonly string[]) => list[Math.floor(next() * list.length)] ?? '';
  const seen = new Set(KNOWN);
  while (count > 0) {
    const word = Array.from({ length: 2 + Math.floor(next() * 3) }, () => one(STARTS) + one(MIDDLES)).join(
      '',
    );
    if (seen.has(word)) continue;
    seen.add(word);
    count -= 1;
    yield word;
  }
}

/** How many different words that say something there are; a large corpus has about that many. */
const VOCABULARY = 60_000;

/** Draws from a list, the word of rank r with a probability in 1 / (r + shift)^1.05 (Zipf and Mandelbrot). */
function zipf(words: readonly string[], shift: number): (at: number) => string {
  const sums: number[] = [];
  let sum = 0;
  for (let rank = 1; rank <= words.length; rank += 1) {
    sum += (rank + shift) ** -1.05;
    sums.push(sum);
  }
  // A table of equal steps, then a short walk: a search by halves would take most of the time.
  const steps = 1 << 16;
  const first = new Uint32Array(steps + 1);
  for (let step = 0, rank = 0; step <= steps; step += 1) {
    while ((sums[rank] ?? sum) < (step / steps) * sum && rank < words.length - 1) rank += 1;
    first[step] = rank;
  }
  return (at) => {
    let rank = first[Math.floor(at * steps)] ?? 0;
    while ((sums[rank] ?? sum) < at * sum && rank < words.length - 1) rank += 1;
    return words[rank] ?? '';
  };
}

const said = [...KNOWN, ...invented(VOCABULARY - KNOWN.length)];
const silent = zipf(STOP, 2);
const telling = zipf(said, 12);

/** The word of a rank, 0 for the most frequent of those that say something. */
export const wordOf = (rank: number): string => said[rank] ?? '';

/** That many words: nearly half of them say nothing, as in French. */
export function words(next: () => number, count: number): string {
  let text = '';
  for (let at = 0; at < count; at += 1) {
    const word = next() < 0.46 ? silent(next()) : telling(next());
    text +=
      at === 0 ? `${word.charAt(0).toUpperCase()}${word.slice(1)}` : at % 14 === 0 ? `. ${word}` : ` ${word}`;
  }
  return `${text}.`;
}
