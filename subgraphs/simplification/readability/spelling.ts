/** What the rules of `syllables.ts` cannot see in the spelling of a word. */

/** Words that are spoken otherwise than they are spelled, with their syllables. */
export const IRREGULAR: ReadonlyMap<string, number> = new Map([
  ...words(1, 'août aout paon faon saoul hier eu eue eus eût moelle'),
  ...words(2, 'monsieur messieurs pays alcool alcools oignon oignons email emails'),
  ...words(3, 'abbaye ambiguë ambiguës paysan paysans paysage paysages'),
]);

/** Words in -ent of which the end is spoken, beside those in -ment, -vient and -tient; the others are plural verbs. */
export const SPOKEN_ENT: ReadonlySet<string> = new Set(
  list(`absent accent accident adhérent adolescent afférent affluent agent antécédent apparent ardent argent cent
    client cohérent compétent concurrent conscient content contingent continent convergent couvent décent déficient
    dent détergent différent divergent efficient éloquent éminent émergent équivalent événement évent évident
    excellent exigent expédient fervent fluent fréquent gent imminent imprudent incident incohérent incompétent
    inconscient inconvénient indifférent indulgent influent ingrédient inhérent innocent insolent intelligent
    intermittent latent lent malcontent mécontent négligent occident occurrent onguent orient paravent parent permanent
    pertinent polyvalent précédent présent président proéminent prudent récent récipient référent régent résident
    réticent sent serpent souvent strident subséquent talent tangent torrent transparent trident turbulent
    urgent véhément vent violent virulent`),
);

/** Plural verbs in -ment, whose end is silent unlike that of adverbs: « ils expriment ». */
export const SILENT_MENT: ReadonlySet<string> = new Set(
  list(`affirment aiment allument animent arment assument blâment calment charment chôment confirment conforment
    consomment consument déforment dénomment dorment enferment entament estiment expriment ferment forment fument
    gomment impriment informent légitiment nomment parsèment présument priment proclament programment réaffirment
    réclament reforment réforment renferment réimpriment résument sèment somment suppriment transforment`),
);

/** Names of letters that have more than one syllable, for what is spelled out. */
export const LETTER_NAMES: Readonly<Record<string, number>> = { w: 3, y: 2 };

function list(text: string): string[] {
  return text.split(/\s+/);
}

function words(syllables: number, text: string): [string, number][] {
  return list(text).map((word) => [word, syllables]);
}
