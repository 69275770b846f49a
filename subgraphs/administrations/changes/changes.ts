/** What readers are told of, in upper case; the journal of imports has the same names in lower case. */
export const DIRECTORY_ENTITIES = [
  'TERRITORY',
  'NETWORK',
  'STRUCTURE',
  'STRUCTURE_SITE',
  'SITE',
  'SITE_DETAIL',
  'SITE_CONTACT',
  'COMPETENCE',
  'PROCEDURE',
  'ANNOUNCED_DELAY',
  'COMMITMENT_DISPLAY',
] as const;

export type DirectoryEntity = (typeof DIRECTORY_ENTITIES)[number];

export const CHANGE_KINDS = ['CREATED', 'CHANGED', 'CLOSED'] as const;

export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** Something of the directory that a publication created or changed. */
export interface DirectoryChange {
  /** Number of the publication, rising in the order of the commits. */
  publication: string;
  /** Name and key of the row in the journal: the rest of the cursor. */
  entity: string;
  entityId: string;
  /** Id of the object that the row belongs to. */
  objectId: string;
  kind: ChangeKind;
  at: Date;
}

/** A change of how a network words a commitment. */
export interface WordingChange {
  /** Rising in the order of the commits. */
  number: string;
  networkId: string;
  commitmentId: string;
  kind: ChangeKind;
  version: number;
  at: Date;
}
