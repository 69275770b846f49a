/** Why a territory has no rate; null when it has one. Only for départements is a method published. */
export function reasonOf({
  territory_id,
  rate,
}: {
  territory_id: string;
  rate: string | null;
}): 'NO_METHOD' | 'NO_RESULT' | null {
  if (rate !== null) return null;
  return territory_id.startsWith('DEP-') ? 'NO_RESULT' : 'NO_METHOD';
}
