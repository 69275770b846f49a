import { checkCommitments } from '../fact/commitments.ts';
import { Mistakes, today } from '../fact/mistakes.ts';
import type { SubjectIds } from '../fact/subject.check.ts';
import type { Content, Trx } from '../fact/write.ts';
import type { Field } from './field.ts';
import type { Register, Values } from './kind.ts';

/** The values that an input gives to the fields of a kind, by their names in the graph. */
type Given = Readonly<Record<string, unknown>>;

/**
 * What an entry says from now on, by column: the same checks, with the same codes, as a row of a file.
 * @throws Refused with every mistake of the input
 */
export async function contentOf<Row>(
  trx: Trx,
  kind: Pick<Register<Row>, 'fields' | 'rule' | 'territories'>,
  input: Given,
  subject: SubjectIds,
): Promise<Content> {
  const mistakes = new Mistakes();
  const { fields } = kind;
  if (!kind.territories && subject.territory_id !== null) {
    mistakes.add('BAD_SUBJECT', 'Expected a network, a structure or a site.', 'subject', 'territory');
  }
  const values = valuesOf(fields, input, mistakes);
  // As in a file: what fields demand of each other is asked when each is right by itself.
  mistakes.refuse();
  for (const { column, code, message } of kind.rule(values)) {
    mistakes.add(code, sentence(message), fields[column]?.graph ?? column);
  }
  const content: Record<string, unknown> = { ...values };
  for (const [column, { shape, graph }] of Object.entries(fields)) {
    if (shape.is !== 'COMMITMENTS') continue;
    content[column] = await checkCommitments(trx, mistakes, values[column]?.split(',') ?? [], graph);
  }
  mistakes.refuse();
  return content;
}

function valuesOf(fields: Readonly<Record<string, Field>>, input: Given, mistakes: Mistakes): Values {
  const values: Record<string, string | null> = {};
  for (const [column, field] of Object.entries(fields)) {
    const cell = textOf(input[field.graph]);
    values[column] = cell === null ? null : canonical(field, cell, mistakes);
    if (cell === null && field.column.required) mistakes.add('REQUIRED', 'Expected a value.', field.graph);
  }
  return values;
}

/** The text that is stored; null, and a mistake, for one that is not. */
function canonical({ shape, column, past, graph }: Field, cell: string, mistakes: Mistakes): string | null {
  // A value of an enum is right already.
  const parsed = shape.is === 'CHOICE' ? cell : column.parse(cell);
  if (typeof parsed !== 'string') {
    mistakes.add(parsed.code, sentence(parsed.message), graph);
    return null;
  }
  return past ? mistakes.pastDay(parsed, today(), graph) : parsed;
}

/** What a cell of a file would hold. */
function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  const text = Array.isArray(value) ? value.join(',') : String(value);
  return text.trim() === '' ? null : text.trim();
}

const sentence = (message: string) => `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
