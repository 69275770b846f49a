/**
 * Whether these digits are a French social security number (NIR): the month is one of the calendar or of those given
 * to people without a known birthday, and the key, where it is there, is 97 less the remainder by 97.
 */
export function isFrenchSocialSecurityNumber(written: string): boolean {
  const number = written.replace(/[ .]/g, '').toUpperCase();
  const month = Number(number.slice(3, 5));
  if (!((1 <= month && month <= 12) || (20 <= month && month <= 42) || (50 <= month && month <= 99)))
    return false;
  if (number.length < 15) return true;
  // Corsica counts as 19 and 18.
  const digits = number.slice(0, 13).replace('2A', '19').replace('2B', '18');
  return 97n - (BigInt(digits) % 97n) === BigInt(number.slice(13));
}

/** Whether an account number holds by its own key (ISO 13616: remainder 1 by 97). */
export function isIban(written: string): boolean {
  const number = written.replaceAll(' ', '').toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z\d]{11,30}$/.test(number)) return false;
  const digits = (number.slice(4) + number.slice(0, 4)).replace(/[A-Z]/g, (letter) =>
    String(letter.charCodeAt(0) - 55),
  );
  return BigInt(digits) % 97n === 1n;
}
