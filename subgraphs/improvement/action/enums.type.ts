import { builder } from '../builder.ts';

export const ActionStatusEnum = builder.enumType('PlanActionStatus', {
  description: 'How far an action is.',
  values: {
    TO_DO: { description: 'Not begun.' },
    IN_PROGRESS: { description: 'Under way.' },
    DONE: { description: 'Done.' },
    ABANDONED: { description: 'Given up.' },
  },
});

export const OwnerRoleEnum = builder.enumType('ActionOwnerRole', {
  description: 'Roles that answer for an action.',
  values: {
    NATIONAL_CORRESPONDENT: { description: 'Correspondant national du programme.' },
    LOCAL_REFERENT: { description: 'Référent local du programme.' },
    SITE_MANAGER: { description: 'Responsable du site.' },
    RECEPTION_LEAD: { description: 'Responsable d’accueil.' },
    PHONE_LEAD: { description: 'Responsable de l’accueil téléphonique.' },
    DIGITAL_LEAD: { description: 'Responsable des démarches en ligne.' },
    QUALITY_LEAD: { description: 'Responsable qualité.' },
    COMMUNICATION_LEAD: { description: 'Responsable de la communication.' },
    HR_LEAD: { description: 'Responsable de la formation et des ressources humaines.' },
    OTHER: { description: 'Another role, said in words.' },
  },
});
