import { randomUUID } from 'node:crypto';
import { cleanText } from '../../../kernel/text.ts';
import { perform } from '../../../kernel/write/command.ts';
import { type Outcome, refuse, type UserError } from '../../../kernel/write/refused.ts';
import { type Keyed, requestOf, type Writing } from '../../../kernel/write/writing.ts';
import type { SimplificationDatabase } from '../tables.ts';
import { addTester, departementExists, removeTester } from './panel.query.ts';
import type { AgeBand, DigitalEase } from './tables.ts';

type Optional<T> = T | null | undefined;

export interface EnrolTesterInput extends Keyed {
  reference: string;
  consent: string;
  consentedOn: string;
  departement?: Optional<string>;
  ageBand?: Optional<AgeBand>;
  digitalEase?: Optional<DigitalEase>;
}

/** What a portal calls a volunteer. An address or a name has other characters: it is refused. */
const REFERENCE = /^[A-Za-z0-9][A-Za-z0-9._-]{7,63}$/;
const WORDING = /^[a-z0-9][a-z0-9.-]{0,63}$/;

/** Years for which a consent holds: the public promise of the platform (2021). */
const YEARS = 3;

/**
 * A portal enrols a volunteer under a reference of its own, or renews a consent: the hub never knows who it is.
 *
 * @throws HubError as `perform`; BAD_USER_INPUT for characters that are no text
 */
export function enrolTester(
  writing: Writing<SimplificationDatabase>,
  input: EnrolTesterInput,
): Promise<Outcome<{ eraseOn: string }>> {
  const request = requestOf(writing, 'enrolTester', input);
  const departement = cleanText(input.departement ?? '', 'departement') || null;
  return perform(writing.owner, { ...request, scope: null, network: null }, async (trx, audit) => {
    refuse(mistakesOf(input));
    if (departement !== null && !(await departementExists(trx, departement)))
      refuse([mistake('UNKNOWN_DEPARTEMENT', 'Expected a département, such as DEP-62.', 'departement')]);
    const tester = await addTester(trx, {
      id: `TESTER-${randomUUID()}`,
      reference: input.reference,
      enrolled_by: writing.viewer.subject ?? '',
      consent: input.consent,
      consented_on: input.consentedOn,
      departement_id: departement,
      age_band: input.ageBand ?? null,
      digital_ease: input.digitalEase ?? null,
    });
    // Neither the reference nor the profile: the audit outlives them.
    const after = { consent: input.consent, consentedOn: input.consentedOn };
    await audit({ networkId: null, action: 'TESTER_ENROLLED', objectId: tester.id, before: null, after });
    return { eraseOn: tester.eraseOn };
  });
}

/** A volunteer leaves: nothing of that one stays, but how many a session asked. A second time changes nothing. */
export function leavePanel(
  writing: Writing<SimplificationDatabase>,
  input: Keyed & { reference: string },
): Promise<Outcome<{ left: boolean }>> {
  const request = requestOf(writing, 'leavePanel', input);
  const reference = cleanText(input.reference, 'reference');
  return perform(writing.owner, { ...request, scope: null, network: null }, async (trx, audit) => {
    const id = await removeTester(trx, writing.viewer.subject ?? '', reference);
    if (id !== null)
      await audit({ networkId: null, action: 'TESTER_LEFT', objectId: id, before: null, after: null });
    return { left: id !== null };
  });
}

function mistakesOf({ reference, consent, consentedOn }: EnrolTesterInput): UserError[] {
  const today = new Date();
  const oldest = new Date(today);
  oldest.setUTCFullYear(today.getUTCFullYear() - YEARS);
  const day = (at: Date) => at.toISOString().slice(0, 10);
  return [
    ...(REFERENCE.test(reference)
      ? []
      : [
          mistake(
            'BAD_REFERENCE',
            'Expected 8 to 64 letters, digits, ".", "_" or "-": never a name or an address.',
            'reference',
          ),
        ]),
    ...(WORDING.test(consent)
      ? []
      : [mistake('BAD_CONSENT', 'Expected the name of a wording, such as panel-2026.', 'consent')]),
    ...(consentedOn <= day(oldest) || consentedOn > day(today)
      ? [mistake('BAD_DAY', `Expected a day of the last ${YEARS} years.`, 'consentedOn')]
      : []),
  ];
}

const mistake = (code: string, message: string, name: string): UserError => ({
  code,
  message,
  path: ['input', name],
});
