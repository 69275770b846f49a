import type { Address, ContactPoint, OpeningPeriodRow } from '../contact-shapes.ts';
import { list, type Nested, objectsOf, textOf } from './annuaire.nested.ts';

/** Tells that a value was dropped, and why. */
export type Drop = (column: string, code: string, message: string, value: unknown) => void;

/** The reception address, and the postal one when it is another. */
export function addressesOf(service: Nested): { main: Nested | null; postal: Nested | null } {
  const all = objectsOf(service, 'adresse');
  const isPostal = (address: Nested) => /postale/i.test(textOf(address, 'type_adresse') ?? '');
  const main = all.find((address) => !isPostal(address)) ?? all[0] ?? null;
  return { main, postal: all.find((address) => isPostal(address) && address !== main) ?? null };
}

/** An address as people write it. `numero_voie` holds the whole line, number and street. */
export function addressOf(address: Nested | null): Address | null {
  if (address === null) return null;
  const lines = ['complement1', 'complement2', 'numero_voie', 'service_distribution'].flatMap(
    (key) => textOf(address, key) ?? [],
  );
  const postalCode = textOf(address, 'code_postal');
  const city = textOf(address, 'nom_commune');
  if (lines.length === 0 && postalCode === null && city === null) return null;
  return { lines, postalCode, city, country: textOf(address, 'pays') };
}

/** Coordinates are strings; null unless both are numbers of this Earth. */
export function locationOf(
  address: Nested | null,
  drop: Drop,
): { latitude: number; longitude: number } | null {
  const raw = [textOf(address ?? {}, 'latitude'), textOf(address ?? {}, 'longitude')];
  if (raw.every((value) => value === null)) return null;
  const [latitude = Number.NaN, longitude = Number.NaN] = raw.map((value) =>
    value !== null && /^[+-]?\d+(?:[.,]\d+)?$/.test(value) ? Number(value.replace(',', '.')) : Number.NaN,
  );
  const real = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 && !(latitude === 0 && longitude === 0);
  if (real) return { latitude, longitude };
  drop('adresse.latitude', 'BAD_COORDINATES', 'expected a latitude and a longitude', raw.join(' '));
  return null;
}

const ACCESSIBILITY: Readonly<Record<string, string>> = {
  ACC: 'ACCESSIBLE',
  DEM: 'ON_REQUEST',
  NAC: 'NOT_ACCESSIBLE',
};

/** ACC, DEM or NAC of the source; null when it does not say. */
export function accessibilityOf(address: Nested | null, drop: Drop): string | null {
  const value = textOf(address ?? {}, 'accessibilite');
  if (value === null) return null;
  const known = ACCESSIBILITY[value];
  if (known === undefined) drop('adresse.accessibilite', 'NOT_ALLOWED', 'expected ACC, DEM or NAC', value);
  return known ?? null;
}

/** Phones, e-mails or websites: bare texts, or objects with a value and what it is for. */
export function contactsOf(
  service: Nested,
  key: string,
  accept: (value: string) => string | null,
  drop: Drop,
) {
  return list(service, key).flatMap((item): ContactPoint[] => {
    const point: Nested = typeof item === 'string' ? { valeur: item } : ((item ?? {}) as Nested);
    const value = textOf(point, 'valeur');
    if (value === null) return [];
    const accepted = accept(value);
    if (accepted === null) {
      drop(key, 'BAD_CONTACT', 'expected something that can be called, written to or opened', value);
      return [];
    }
    return [{ value: accepted, purpose: textOf(point, 'description') ?? textOf(point, 'libelle') }];
  });
}

/** Digits with their usual separators: 3949, +33 4 74 00 85 01, 0 800 00 00 00. */
export const phone = (value: string) =>
  /^\+?[\d\s().-]{3,25}$/.test(value) && /\d{2}/.test(value) ? value : null;
export const email = (value: string) => (/^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>".]+$/.test(value) ? value : null);
/** An http(s) address; the scheme is added where people left it out. */
export function website(value: string): string | null {
  const url = /^[a-z]+:/i.test(value) ? value : `http://${value}`;
  return /^https?:\/\//i.test(url) && URL.canParse(url) && !/\s/.test(url) ? url : null;
}

const DAYS = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'];
const dayNumber = (name: string | null) => (name === null ? 0 : DAYS.indexOf(name.toLowerCase()) + 1);

/** Opening hours of the counter: one period per range of days and half-day. */
export function openingOf(service: Nested, drop: Drop): OpeningPeriodRow[] {
  return objectsOf(service, 'plage_ouverture').flatMap((range): OpeningPeriodRow[] => {
    const first = dayNumber(textOf(range, 'nom_jour_debut'));
    const last = dayNumber(textOf(range, 'nom_jour_fin') ?? textOf(range, 'nom_jour_debut'));
    const comment = textOf(range, 'commentaire');
    if (first === 0 || last === 0) {
      drop('plage_ouverture', 'BAD_OPENING', 'expected days of the week', JSON.stringify(range));
      return [];
    }
    const days = daysBetween(first, last);
    const period = { channel: 'COUNTER', kind: 'OPEN', days, comment } as const;
    const halves = ['1', '2'].flatMap((half): OpeningPeriodRow[] => {
      const raw = [textOf(range, `valeur_heure_debut_${half}`), textOf(range, `valeur_heure_fin_${half}`)];
      if (raw.every((value) => value === null)) return [];
      const opens = hour(raw[0] ?? null);
      const closes = closingHour(raw[1] ?? null);
      if (opens !== null && closes !== null && opens < closes) return [{ ...period, opens, closes }];
      drop('plage_ouverture', 'BAD_OPENING', 'expected an hour after another', raw.join(' - '));
      return [];
    });
    return halves.length === 0 && comment !== null ? [{ ...period, opens: null, closes: null }] : halves;
  });
}

/** From a day to another, over the end of the week when the first comes later. */
export const daysBetween = (first: number, last: number): number[] =>
  Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, index) => ((first - 1 + index) % 7) + 1).sort();

/** HH:MM of « 09:00:00 », « 9h30 », from 00:00 to 23:59; null when there is no such hour. */
export function hour(value: string | null): string | null {
  const found = /^(\d{1,2})[:hH](\d{2})?(?::[0-5]\d)?$/.exec(value ?? '');
  const [, hours = '', minutes = '00'] = found ?? [];
  if (found === null || Number(hours) > 23 || Number(minutes) > 59) return null;
  return `${hours.padStart(2, '0')}:${minutes}`;
}

/** An hour at which something closes: midnight at the end of the day is 24:00. */
export const closingHour = (value: string | null): string | null =>
  hour(value) ?? (/^24([:h]00(:00)?|h)$/i.test(value ?? '') ? '24:00' : null);
