import { builder } from '../builder.ts';
import type {
  Address,
  ContactPoint,
  MediatorRow,
  OpeningPeriodRow,
  SupportOfferRow,
} from '../contact-shapes.ts';
import { ChannelEnum, described } from '../enums.ts';
import { CONTACT_ITEMS, type ContactCompleteness } from './completeness.ts';
import type { SiteDetail } from './site.ts';

export const AddressType = builder.objectRef<Address>('Address').implement({
  description: 'A postal address.',
  fields: (t) => ({
    lines: t.exposeStringList('lines', { description: 'Building, street, number or box, line by line.' }),
    postalCode: t.exposeString('postalCode', { nullable: true, description: 'Postal code.' }),
    city: t.exposeString('city', { nullable: true, description: 'City.' }),
    country: t.exposeString('country', { nullable: true, description: 'Country, when it is not France.' }),
  }),
});

const PURPOSE = 'What it is for; null when the source does not say.';

export const Phone = builder.objectRef<ContactPoint>('Phone').implement({
  description: 'A telephone number with what it is for.',
  fields: (t) => ({
    value: t.exposeString('value', { description: 'The number, as published.' }),
    purpose: t.exposeString('purpose', { nullable: true, description: PURPOSE }),
  }),
});

export const Email = builder.objectRef<ContactPoint>('Email').implement({
  description: 'An e-mail address with what it is for.',
  fields: (t) => ({
    value: t.exposeString('value', { description: 'The address, as published.' }),
    purpose: t.exposeString('purpose', { nullable: true, description: PURPOSE }),
  }),
});

export const Website = builder.objectRef<ContactPoint>('Website').implement({
  description: 'A page of the web with what it is for.',
  fields: (t) => ({
    url: t.exposeString('value', { description: 'Its address, as published.' }),
    purpose: t.exposeString('purpose', { nullable: true, description: PURPOSE }),
  }),
});

const DAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const;

const Weekday = builder.enumType('Weekday', {
  description: 'A day of the week.',
  values: described(DAYS, {
    MONDAY: 'Monday.',
    TUESDAY: 'Tuesday.',
    WEDNESDAY: 'Wednesday.',
    THURSDAY: 'Thursday.',
    FRIDAY: 'Friday.',
    SATURDAY: 'Saturday.',
    SUNDAY: 'Sunday.',
  }),
});

const OpeningKind = builder.enumType('OpeningKind', {
  description: 'What happens during a period.',
  values: described(['OPEN', 'BUSY', 'QUIET'], {
    OPEN: 'Users are received.',
    BUSY: 'Many users come: expect to wait.',
    QUIET: 'Few users come: the best moment.',
  }),
});

export const OpeningPeriod = builder.objectRef<OpeningPeriodRow>('OpeningPeriod').implement({
  description: 'When a counter or a telephone is open, busy or quiet. Hours are local.',
  fields: (t) => ({
    channel: t.expose('channel', { type: ChannelEnum, description: 'COUNTER or PHONE.' }),
    kind: t.expose('kind', { type: OpeningKind, description: 'Open, busy or quiet.' }),
    days: t.field({
      type: [Weekday],
      description: 'The days that it holds for, in the order of the week.',
      resolve: ({ days }) => DAYS.filter((_day, index) => days.includes(index + 1)),
    }),
    opens: t.exposeString('opens', { nullable: true, description: 'Beginning, as 09:00.' }),
    closes: t.exposeString('closes', { nullable: true, description: 'End, as 12:30.' }),
    comment: t.exposeString('comment', { nullable: true, description: 'Condition, such as by appointment.' }),
  }),
});

export const Contact = builder.objectRef<MediatorRow>('Contact').implement({
  description: 'A person or a body to turn to, such as a mediator, by role.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name of the body.' }),
    role: t.exposeString('role', { nullable: true, description: 'What it can do.' }),
    phone: t.exposeString('phone', { nullable: true, description: 'Telephone.' }),
    email: t.exposeString('email', { nullable: true, description: 'E-mail address.' }),
    website: t.exposeString('website', { nullable: true, description: 'Page of the web.' }),
  }),
});

const SupportKind = builder.enumType('SupportKind', {
  description: 'A kind of support (commitment 3).',
  values: described(['ACCOMPANIMENT', 'DIGITAL', 'LANGUAGE', 'ITINERANT', 'URGENT', 'RIGHTS'], {
    ACCOMPANIMENT: 'Help with a procedure, by appointment or on the spot.',
    DIGITAL: 'Help with online services.',
    LANGUAGE: 'Reception in other languages, sign language included.',
    ITINERANT: 'Reception outside the usual walls.',
    URGENT: 'Urgent or priority situations.',
    RIGHTS: 'Action so that users claim what they are entitled to.',
  }),
});

export const SupportOffer = builder.objectRef<SupportOfferRow>('SupportOffer').implement({
  description: 'A support that a place of reception offers.',
  fields: (t) => ({
    kind: t.expose('kind', { type: SupportKind, description: 'Its kind.' }),
    description: t.exposeString('description', { description: 'What is offered, in French.' }),
    languages: t.exposeStringList('languages', {
      description: 'Languages, ISO 639-1; empty when it is French.',
    }),
  }),
});

const AccessibilityLevel = builder.enumType('AccessibilityLevel', {
  description: 'Whether a person with reduced mobility can come in.',
  values: described(['ACCESSIBLE', 'ON_REQUEST', 'NOT_ACCESSIBLE'], {
    ACCESSIBLE: 'Yes.',
    ON_REQUEST: 'With help, on request.',
    NOT_ACCESSIBLE: 'No.',
  }),
});

export const Accessibility = builder
  .objectRef<{ level: SiteDetail['accessibility']; note: string | null }>('Accessibility')
  .implement({
    description: 'Accessibility of a place to persons with reduced mobility.',
    fields: (t) => ({
      level: t.expose('level', { type: AccessibilityLevel, nullable: true, description: 'Level, if known.' }),
      note: t.exposeString('note', { nullable: true, description: 'Details, in French.' }),
    }),
  });

export const ContactItemEnum = builder.enumType('ContactItem', {
  description: 'An item of the contact duty (commitment 2): what every service must publish for each place.',
  values: described(CONTACT_ITEMS, {
    PHONES: 'At least one telephone number.',
    PHONE_PURPOSES: 'What each number is for.',
    EMAILS: 'At least one e-mail address.',
    EMAIL_PURPOSES: 'What each e-mail address is for.',
    ADDRESS: 'The address of the place.',
    DIRECTIONS: 'How to get there.',
    COUNTER_HOURS: 'Opening hours of the counter.',
    COUNTER_BUSY_HOURS: 'Busy hours of the counter.',
    COUNTER_QUIET_HOURS: 'Quiet hours of the counter.',
    PHONE_HOURS: 'Opening hours of the telephone.',
    PHONE_BUSY_HOURS: 'Busy hours of the telephone.',
    PHONE_QUIET_HOURS: 'Quiet hours of the telephone.',
    MEDIATORS: 'How to reach a mediator, where there is one.',
  }),
});

export const ContactCompletenessType = builder
  .objectRef<ContactCompleteness>('ContactCompleteness')
  .implement({
    description: 'How much of the contact duty a place fulfils.',
    fields: (t) => ({
      present: t.expose('present', { type: [ContactItemEnum], description: 'Items that are published.' }),
      missing: t.expose('missing', { type: [ContactItemEnum], description: 'Items that are not.' }),
      share: t.exposeFloat('share', { description: 'Part of the items that are published, 0 to 1.' }),
    }),
  });
