import { type Column, type ColumnOptions, column } from '../../../kernel/import/column.ts';
import { text } from '../../../kernel/import/columns.ts';
import { restored } from '../../../kernel/import/formula.ts';
import { fold } from '../../../kernel/text.ts';

/** The themes of the platform, each a column of its export. */
export const TAGS = [
  { column: 'accessibility', header: 'Accessibilité', id: 'accessibilite' },
  { column: 'information', header: 'Information/Explication', id: 'information-explication' },
  { column: 'relation', header: 'Relation', id: 'relation' },
  { column: 'reactivity', header: 'Réactivité', id: 'reactivite' },
  { column: 'simplicity', header: 'Simplicité/Complexité', id: 'simplicite-complexite' },
] as const;

/** Words of users and agents; what an export wrote so that no spreadsheet runs it is read as it was. */
export const words = (options: ColumnOptions<false> & { max: number }): Column<false> => {
  const plain = text(options);
  return { ...plain, parse: (cell) => plain.parse(restored(cell)) };
};

const YES = new Set(['oui', 'o', 'vrai', 'true', '1', 'x', 'yes']);
const NO = new Set(['non', 'n', 'faux', 'false', '0', 'no', 'aucune', 'aucun']);

/**
 * A box that was ticked or not; some vintages write words in its place, which tick it too.
 * Gives `oui`, the words, or an empty text for « non ».
 */
export const ticked = (options: ColumnOptions<false> & { max?: number }): Column<false> => {
  const max = options.max ?? 1000;
  return column(options, 'text', (cell) => {
    const folded = fold(cell);
    if (NO.has(folded)) return '';
    if (YES.has(folded)) return 'oui';
    return words({ ...options, max }).parse(cell);
  });
};

/** Between the channels of a staged cell: no channel holds it. */
export const BETWEEN_CHANNELS = '|';

/** Several channels in a cell, between commas, semicolons, bars or line breaks. */
export const channels = (options: ColumnOptions<false>): Column<false> =>
  column(options, 'text', (cell) => {
    const names = cell.split(/[,;|\r\n]+/).map((name) => name.trim());
    const found = [...new Set(names.filter((name) => name !== ''))];
    const fits = found.length <= 20 && found.every((name) => name.length <= 100);
    return fits
      ? found.join(BETWEEN_CHANNELS)
      : { code: 'TOO_LONG', message: 'expected at most 20 channels of 100 characters' };
  });

const POSTED_AS: Readonly<Record<string, string>> = {
  particulier: 'INDIVIDUAL',
  'un particulier': 'INDIVIDUAL',
  'usager particulier': 'INDIVIDUAL',
  individual: 'INDIVIDUAL',
  entreprise: 'BUSINESS',
  'une entreprise': 'BUSINESS',
  professionnel: 'BUSINESS',
  'un professionnel': 'BUSINESS',
  business: 'BUSINESS',
  association: 'ASSOCIATION',
  'une association': 'ASSOCIATION',
};

/** In which quality the user wrote: the platform's list grows, what is new in it is OTHER. */
export const postedAs = (options: ColumnOptions<false>): Column<false> =>
  column(options, 'text', (cell) => POSTED_AS[fold(cell)] ?? 'OTHER');
