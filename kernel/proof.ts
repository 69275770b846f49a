import { NATION, typeOfId } from './ids.ts';

/** What a line of a scorecard is about: a commitment, and where its proof is looked for. */
export interface ProofKey {
  /** COMMITMENT-E4. */
  commitment: string;
  /** Null for every network. */
  network: string | null;
  /** A territory, a structure or a site; the nation when nothing is said. */
  place: string;
}

/** What the place of a proof is. */
export type ProofPlace = 'TERRITORY' | 'STRUCTURE' | 'SITE';

/** No id holds it. */
const BETWEEN = '~';
const PREFIX = 'PROOF-';

/** The id by which subgraphs find the same line: PROOF-COMMITMENT-E4~NET-caf~DEP-62. */
export const proofId = ({ commitment, network, place }: ProofKey): string =>
  `${PREFIX}${[commitment, network ?? '', place].join(BETWEEN)}`;

/** The line that an id names; null when it names none. */
export function proofOf(id: string): ProofKey | null {
  if (!id.startsWith(PREFIX)) return null;
  const [commitment = '', network = '', place = '', ...rest] = id.slice(PREFIX.length).split(BETWEEN);
  const isProof =
    rest.length === 0 &&
    typeOfId(commitment) === 'Commitment' &&
    (network === '' || typeOfId(network) === 'Network') &&
    placeKind(place) !== null;
  return isProof ? { commitment, network: network === '' ? null : network, place } : null;
}

/** What a place is; null when it is none. */
export function placeKind(place: string): ProofPlace | null {
  const type = place === NATION ? 'Territory' : typeOfId(place);
  if (type === 'Territory') return 'TERRITORY';
  if (type === 'Structure') return 'STRUCTURE';
  return type === 'Site' ? 'SITE' : null;
}
