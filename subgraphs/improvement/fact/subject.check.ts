import { type QueryExecutorProvider, sql } from 'kysely';
import { cleanText } from '../../../kernel/text.ts';
import type { UserError } from '../../../kernel/write/refused.ts';

type Given = string | null | undefined;

/** Whom a fact is about, as an input says it. */
export interface FactSubjectInput {
  network: string;
  structure?: Given;
  site?: Given;
  territory?: Given;
}

/** The same as columns. */
export interface SubjectIds {
  network_id: string;
  structure_id: string | null;
  site_id: string | null;
  territory_id: string | null;
}

export const subjectIds = ({ network, structure, site, territory }: FactSubjectInput): SubjectIds => ({
  network_id: cleanText(network, 'network'),
  structure_id: idOf(structure, 'structure'),
  site_id: idOf(site, 'site'),
  territory_id: idOf(territory, 'territory'),
});

const idOf = (value: Given, name: string) =>
  value === null || value === undefined ? null : cleanText(value, name);

/**
 * What is wrong with a subject whose network the viewer reaches: a structure, site or territory that does not exist
 * or belongs to another network (both are UNKNOWN_…: the directory is public), a territory beside one of them.
 */
export async function subjectProblems(
  db: QueryExecutorProvider,
  { network_id, structure_id, site_id, territory_id }: SubjectIds,
  path: readonly string[] = ['input', 'subject'],
): Promise<UserError[]> {
  const { rows } = await sql<{ structure: boolean; site: boolean; territory: boolean }>`
    select exists (select from directory.structure where id = ${structure_id} and network_id = ${network_id}) as structure,
           exists (select from directory.site where id = ${site_id} and network_id = ${network_id}) as site,
           exists (select from directory.territory where id = ${territory_id}) as territory`.execute(db);
  const found = rows[0];
  const unknown = (what: 'structure' | 'site' | 'territory', id: string | null): UserError[] =>
    id === null || found?.[what]
      ? []
      : [
          {
            code: `UNKNOWN_${what.toUpperCase()}`,
            message: what === 'territory' ? 'No such territory.' : `No such ${what} of this network.`,
            path: [...path, what],
          },
        ];
  return [
    ...unknown('structure', structure_id),
    ...unknown('site', site_id),
    ...unknown('territory', territory_id),
    ...(territory_id !== null && (structure_id !== null || site_id !== null)
      ? [
          {
            code: 'BAD_SUBJECT',
            message: 'Expected a territory, or a structure and a site, not both.',
            path: [...path, 'territory'],
          },
        ]
      : []),
  ];
}
