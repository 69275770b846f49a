import {
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';
import type { Draw } from './draw.ts';
import { type Pools, valueFor, Word } from './values.ts';

/** An operation as a client sends it. */
export interface RandomOperation {
  query: string;
  variables: Record<string, unknown>;
  operationName?: string;
}

/** Aliases that mean something to JavaScript, or to whoever reads answers. */
const ALIASES = ['constructor', 'toString', 'then', 'data', 'errors', 'hasOwnProperty', 'length', 'id', 'x'];

interface Writing {
  schema: GraphQLSchema;
  draw: Draw;
  pools: Pools;
  /** Fields that may still be written. */
  room: number;
  variables: Map<string, { type: string; value: unknown }>;
  fragments: string[];
}

/**
 * An operation of the grammar of GraphQL that mostly, but not always, holds to the schema.
 * @param mutations how many in a hundred change something
 */
export function randomOperation(
  schema: GraphQLSchema,
  draw: Draw,
  pools: Pools,
  mutations: number,
): RandomOperation {
  const kind = schema.getMutationType() && draw.chance(mutations) ? 'mutation' : 'query';
  const root = kind === 'query' ? schema.getQueryType() : schema.getMutationType();
  if (!root) throw new Error(`The schema has no ${kind}.`);
  const writing: Writing = {
    schema,
    draw,
    pools,
    room: draw.int(3, 40),
    variables: new Map(),
    fragments: [],
  };
  const selection = selectionOf(writing, root, draw.int(2, 7));
  const declared = [...writing.variables].map(([name, { type }]) => `$${name}: ${type}`);
  const header = declared.length > 0 ? `${kind} Random(${declared.join(', ')})` : `${kind} Random`;
  const other = draw.chance(3) ? ' query Other { __typename }' : '';
  return {
    query: [`${header} ${selection}${other}`, ...writing.fragments].join('\n'),
    variables: Object.fromEntries([...writing.variables].map(([name, { value }]) => [name, value])),
    ...((other || draw.chance(10)) && { operationName: draw.chance(95) ? 'Random' : 'Nobody' }),
  };
}

function selectionOf(writing: Writing, type: GraphQLCompositeType, depth: number): string {
  const { draw } = writing;
  const wanted = draw.int(1, 4);
  const parts = Array.from({ length: wanted }, () => partOf(writing, type, depth)).filter(
    (part) => part !== '',
  );
  return `{ ${parts.length > 0 ? parts.join(' ') : '__typename'} }`;
}

function partOf(writing: Writing, type: GraphQLCompositeType, depth: number): string {
  const { schema, draw } = writing;
  if (writing.room <= 0) return '';
  writing.room -= 1;
  if (draw.chance(2)) return '__typename';
  if (draw.chance(1)) return 'unknownField';
  if (type === schema.getQueryType() && draw.chance(1))
    return '__schema { queryType { name } types { name kind } }';
  if (isAbstractType(type) && (isUnionType(type) || draw.chance(70))) {
    const possible = draw.pick(schema.getPossibleTypes(type));
    return `... on ${possible.name}${directives(writing)} ${selectionOf(writing, possible, depth)}`;
  }
  if (draw.chance(4)) return `...${directives(writing)} ${selectionOf(writing, type, depth)}`;
  if (draw.chance(4)) {
    const name = `F${writing.fragments.length}`;
    // Reserved now: the selection may write fragments of its own.
    const place = writing.fragments.push('') - 1;
    writing.fragments[place] = `fragment ${name} on ${type.name} ${selectionOf(writing, type, depth)}`;
    return `...${name}${directives(writing)}`;
  }
  if (isUnionType(type)) return '__typename';
  const fields = Object.values(type.getFields());
  const fit = fields.filter((field) => depth > 1 || !isCompositeType(getNamedType(field.type)));
  return fit.length === 0
    ? '__typename'
    : fieldOf(writing, draw.pick(fit), depth, isObjectType(type) && depth > 5);
}

function fieldOf(
  writing: Writing,
  field: GraphQLField<unknown, unknown>,
  depth: number,
  alone: boolean,
): string {
  const { draw } = writing;
  const alias = draw.chance(5)
    ? `${draw.pick(ALIASES)}: `
    : field.args.length > 0 && !alone
      ? `a${writing.room}: `
      : '';
  const type = getNamedType(field.type);
  const below = isCompositeType(type) && !draw.chance(1) ? ` ${selectionOf(writing, type, depth - 1)}` : '';
  return `${alias}${field.name}${argumentsOf(writing, field)}${directives(writing)}${below}`;
}

function argumentsOf(writing: Writing, field: GraphQLField<unknown, unknown>): string {
  const { draw, pools } = writing;
  const given = field.args.filter(({ type, name }) =>
    isNonNullType(type) || name === 'first' ? !draw.chance(2) : draw.chance(25),
  );
  const written = given.map(({ name, type }) => {
    const value = valueFor(type, name, draw, pools);
    return `${name}: ${draw.chance(40) ? variable(writing, String(type), value) : literal(value)}`;
  });
  if (draw.chance(1)) written.push('unknownArgument: 1');
  return written.length > 0 ? `(${written.join(', ')})` : '';
}

function directives({ draw, variables }: Writing): string {
  if (!draw.chance(3)) return '';
  if (draw.chance(10)) return ' @unknown';
  const name = draw.pick(['include', 'skip']);
  if (draw.chance(50)) return ` @${name}(if: ${draw.chance(50)})`;
  variables.set('flag', { type: 'Boolean!', value: draw.chance(90) ? draw.chance(50) : draw.json() });
  return ` @${name}(if: $flag)`;
}

function variable({ variables, draw }: Writing, type: string, value: unknown): string {
  const name = `v${variables.size}`;
  const declared = draw.chance(3) ? type.replace(/!$/, '') : type;
  variables.set(name, { type: declared, value: draw.chance(3) ? draw.json() : plain(value) });
  return `$${name}`;
}

/** A value as JSON has it. */
function plain(value: unknown): unknown {
  if (value instanceof Word) return value.word;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
}

/** A value as GraphQL writes it. */
function literal(value: unknown): string {
  if (value instanceof Word) return value.word;
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([name, inner]) => `${name}: ${literal(inner)}`)
    .join(', ')} }`;
}
