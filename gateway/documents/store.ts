import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  OperationTypeNode,
  parse,
  print,
  Source,
  validate,
} from 'graphql';
import { DocumentStore, type TrustedDocument } from './document.ts';

/** Where trusted documents come from, and what they must be valid against. */
export interface DocumentSource {
  /** Folder whose `*.graphql` files are read, once. */
  folder: string;
  /** The whole contract. */
  schema: GraphQLSchema;
  /** The public contract: a document that is not valid in it is hidden from its callers. */
  publicSchema: GraphQLSchema;
}

/** SHA-256 of a text, in lower-case hexadecimal. */
export const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');

/**
 * Reads the trusted documents: one operation with a name in each file. They are read now and never again; a
 * change on disk counts from the next start.
 *
 * @throws Error that lists file, line and column of everything that is wrong
 */
export async function openDocuments({
  folder,
  schema,
  publicSchema,
}: DocumentSource): Promise<DocumentStore> {
  const found = await readdir(folder).catch((cause: unknown) => {
    throw new Error(`The folder of trusted documents cannot be read: ${folder}.`, { cause });
  });
  const names = found.filter((name) => name.endsWith('.graphql')).sort();
  const wrong: string[] = [];
  const documents: TrustedDocument[] = [];
  for (const path of names.map((name) => join(folder, name))) {
    try {
      documents.push(toDocument(path, await readFile(path), schema, publicSchema));
    } catch (error) {
      if (!(error instanceof WrongDocument)) throw error;
      wrong.push(...error.problems);
    }
  }
  for (const [index, { name, path }] of documents.entries()) {
    const first = documents.findIndex((other) => other.name === name);
    if (first < index) wrong.push(`${path}:1:1 ${name} is the name of ${documents[first]?.path} too.`);
  }
  if (wrong.length > 0) throw new Error(`Trusted documents cannot be served:\n  ${wrong.join('\n  ')}`);
  return new DocumentStore(documents.sort((a, b) => (a.name < b.name ? -1 : 1)));
}

/** What is wrong with one file, each with its place. */
class WrongDocument extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super('This document cannot be served.');
    this.problems = problems;
  }
}

function toDocument(
  path: string,
  bytes: Uint8Array,
  schema: GraphQLSchema,
  publicSchema: GraphQLSchema,
): TrustedDocument {
  const text = decode(path, bytes);
  const node = read(path, text);
  const errors = problemsOf(schema, node);
  if (errors.length > 0) throw new WrongDocument(errors.map((error) => placed(path, error)));
  const operations = node.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  const [operation, another] = operations;
  if (operation?.kind !== Kind.OPERATION_DEFINITION || !operation.name || another)
    throw new WrongDocument([`${path}:1:1 A trusted document has one operation, with a name.`]);
  if (operation.operation === OperationTypeNode.SUBSCRIPTION)
    throw new WrongDocument([`${path}:1:1 Subscriptions are not served.`]);
  return {
    name: operation.name.value,
    hash: sha256(bytes),
    text,
    path,
    operation: operation.operation,
    variables: Object.fromEntries(
      (operation.variableDefinitions ?? []).map(({ variable, type }) => [variable.name.value, print(type)]),
    ),
    isPublic: problemsOf(publicSchema, node).length === 0,
  };
}

/** What makes a document invalid; graphql-js itself says nothing of a kind of operation that a schema has not. */
function problemsOf(schema: GraphQLSchema, document: DocumentNode): readonly GraphQLError[] {
  const unknown = document.definitions.filter(
    (each) => each.kind === Kind.OPERATION_DEFINITION && !schema.getRootType(each.operation),
  );
  return [
    ...unknown.map((node) => new GraphQLError('The schema has no such kind of operation.', { nodes: node })),
    ...validate(schema, document),
  ];
}

function decode(path: string, bytes: Uint8Array): string {
  try {
    // A byte order mark stays: the hash of the text must be the hash of the file.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new WrongDocument([`${path}:1:1 The file is not UTF-8.`]);
  }
}

function read(path: string, text: string): DocumentNode {
  try {
    return parse(new Source(text, path));
  } catch (error) {
    if (error instanceof GraphQLError) throw new WrongDocument([placed(path, error)]);
    throw error;
  }
}

function placed(path: string, { message, locations }: GraphQLError): string {
  const [place] = locations ?? [];
  return `${path}:${place?.line ?? 1}:${place?.column ?? 1} ${message}`;
}
