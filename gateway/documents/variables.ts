import { badInput, type HubError } from '../../kernel/errors.ts';
import { isRecord } from '../../kernel/record.ts';
import type { TrustedDocument } from './document.ts';

/**
 * The variables of a request, from the parameters of its address. Names that the document does not declare are
 * refused: caches keep answers by address, and one answer must not have any number of them.
 *
 * @throws HubError BAD_USER_INPUT that says what is expected
 */
export function variablesOf(query: unknown, document: TrustedDocument): Record<string, unknown> {
  const { variables, ...others } = isRecord(query) ? query : {};
  if (Object.keys(others).length > 0) throw badInput('The only parameter of this address is "variables".');
  if (variables === undefined) return {};
  if (typeof variables !== 'string') throw badInput('"variables" is given once.');
  const values = readObject(variables);
  if (Object.keys(values).some((name) => !Object.hasOwn(document.variables, name)))
    throw badInput(unknownVariable(document));
  return values;
}

function readObject(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw notAnObject();
  }
  if (!isRecord(value)) throw notAnObject();
  return value;
}

const notAnObject = (): HubError =>
  badInput(
    '"variables" is a JSON object, percent-encoded: {"id":"DEP-62"} is %7B%22id%22%3A%22DEP-62%22%7D.',
  );

function unknownVariable({ name, variables }: TrustedDocument): string {
  const names = Object.keys(variables);
  return names.length === 0 ? `${name} takes no variables.` : `${name} takes only: ${names.join(', ')}.`;
}
