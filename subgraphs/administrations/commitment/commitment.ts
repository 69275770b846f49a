/** One commitment of the programme, in one of its two versions. */
export interface Commitment {
  id: string;
  version: string;
  code: string;
  position: number;
  title: string;
  shortTitle: string | null;
  heading: string | null;
  source: string;
}

/** A commitment of the other version that says the same, seen from `ofId`. */
export interface Correspondence {
  ofId: string;
  commitmentId: string;
  /** True when several commitments of one version became one of the other. */
  merged: boolean;
}

/** A commitment in a network's own words. */
export interface NetworkCommitment {
  networkId: string;
  commitmentId: string;
  wording: string;
  validFrom: string | null;
  /** Rises with every change. */
  version: number;
  /** When the network wrote it through the graph; null when it came in a file. */
  writtenAt: Date | string | null;
  importId: string | null;
}

export const DISPLAY_PLACES = ['RECEPTION', 'WEB'] as const;

/** A commitment shown to users, in a place of reception or on the web. */
export interface CommitmentDisplay {
  id: string;
  networkId: string;
  commitmentId: string;
  siteId: string | null;
  place: (typeof DISPLAY_PLACES)[number];
  url: string | null;
  since: string | null;
  importId: string | null;
}

/** A network's commitment, the key under which its displays are listed. */
export interface DisplayKey {
  networkId: string;
  commitmentId: string;
}
export const displayKey = ({ networkId, commitmentId }: DisplayKey) => `${networkId} ${commitmentId}`;
