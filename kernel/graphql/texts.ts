import {
  defaultFieldResolver,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isObjectType,
} from 'graphql';
import { badInput } from '../errors.ts';
import { fitText } from '../text.ts';

/** Scalars whose values hold no text. */
const WITHOUT_TEXT = new Set(['Int', 'Float', 'Boolean']);

/**
 * Puts before every field that takes text a check of all of it, however deep in its arguments: no text that is
 * unfit for a database or a screen reaches a resolver. Changes the schema in place.
 */
export function checkTexts(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const names = field.args.filter((arg) => holdsText(arg.type)).map(({ name }) => name);
      if (names.length === 0) continue;
      const { resolve = defaultFieldResolver } = field;
      field.resolve = (source, args: Record<string, unknown>, context, info) => {
        for (const name of names) if (!isFit(args[name])) throw unfit(name);
        return resolve(source, args, context, info);
      };
    }
  }
}

/** Levels of a value beyond which it is none of ours. */
const MOST_LEVELS = 32;

/** Whether all the text in a value, its lists and its objects is fit for a database and a screen. */
export function isFit(value: unknown, level = 0): boolean {
  if (typeof value === 'string') return fitText(value);
  if (typeof value !== 'object' || value === null) return true;
  if (level > MOST_LEVELS) return false;
  const parts: unknown[] = Array.isArray(value) ? value : Object.values(value);
  return parts.every((part) => isFit(part, level + 1));
}

/** The refusal of an argument that is not. */
export const unfit = (name: string) => badInput(`"${name}" holds characters that are not text.`);

function holdsText(type: GraphQLInputType, seen = new Set<GraphQLNamedType>()): boolean {
  const named = getNamedType(type);
  if (isEnumType(named) || WITHOUT_TEXT.has(named.name) || seen.has(named)) return false;
  if (!isInputObjectType(named)) return true;
  seen.add(named);
  return Object.values(named.getFields()).some((field) => holdsText(field.type, seen));
}
