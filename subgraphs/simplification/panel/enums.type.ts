import { builder } from '../builder.ts';

export const AgeBandEnum = builder.enumType('AgeBand', {
  description: 'How old a tester is, roughly.',
  values: {
    UNDER_25: { description: 'Under 25.' },
    FROM_25_TO_39: { description: '25 to 39.' },
    FROM_40_TO_59: { description: '40 to 59.' },
    FROM_60_TO_74: { description: '60 to 74.' },
    FROM_75: { description: '75 and more.' },
  },
});

export const DigitalEaseEnum = builder.enumType('DigitalEase', {
  description: 'How a tester gets on with online services.',
  values: {
    AUTONOMOUS: { description: 'Alone.' },
    WITH_HELP: { description: 'With help.' },
    REMOTE: { description: 'Hardly or not at all: « éloigné du numérique ».' },
  },
});
