/** An operation that the hub publishes and runs by its hash. */
export interface TrustedDocument {
  /** Name of its only operation. */
  name: string;
  /** SHA-256 of the file, byte for byte, in lower-case hexadecimal: what `sha256sum` prints. */
  hash: string;
  /** The whole text of the file. */
  text: string;
  /** Where it was read. */
  path: string;
  operation: 'query' | 'mutation';
  /** Type of each variable, as GraphQL writes it, by name. */
  variables: Readonly<Record<string, string>>;
  /** Whether it is valid in the public contract. For a caller of that contract, the others do not exist. */
  isPublic: boolean;
}

/** The documents read when the process started. Nothing is ever added to them by a request. */
export class DocumentStore {
  readonly all: readonly TrustedDocument[];
  private readonly byHash: ReadonlyMap<string, TrustedDocument>;

  constructor(documents: readonly TrustedDocument[]) {
    this.all = documents;
    this.byHash = new Map(documents.map((document) => [document.hash, document]));
  }

  /** The document of a hash, if this caller may know of it. */
  find(hash: string, caller: { role: string }): TrustedDocument | undefined {
    const document = this.byHash.get(hash);
    return document && isVisible(document, caller) ? document : undefined;
  }

  /** The documents that this caller may know of, by name. */
  visibleTo(caller: { role: string }): readonly TrustedDocument[] {
    return this.all.filter((document) => isVisible(document, caller));
  }
}

const isVisible = ({ isPublic }: TrustedDocument, { role }: { role: string }) =>
  isPublic || role !== 'PUBLIC';
