import { PlanAction } from '../action/action.type.ts';
import { SelfDiagnosis } from '../diagnosis/diagnosis.type.ts';
import { ResultGap } from '../gap/gap.type.ts';
import { Impact } from '../impact/impact.type.ts';
import { Label } from '../label/label.type.ts';
import { ActionPlan } from '../plan/plan.type.ts';
import { factFields } from './fact-fields.type.ts';

factFields(ActionPlan);
factFields(PlanAction);
factFields(SelfDiagnosis);
factFields(ResultGap);
factFields(Label);
factFields(Impact);
