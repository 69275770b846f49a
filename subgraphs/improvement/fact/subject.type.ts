import { SelfDiagnosis } from '../diagnosis/diagnosis.type.ts';
import { Impact } from '../impact/impact.type.ts';
import { Label } from '../label/label.type.ts';
import { ActionPlan } from '../plan/plan.type.ts';
import { factFields } from './fact-fields.type.ts';

factFields(ActionPlan);
factFields(SelfDiagnosis);
factFields(Label);
factFields(Impact);
