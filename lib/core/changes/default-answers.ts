import type { ImportForm } from '../import-view.ts';
import type { Decision, ImportAnswers } from './import.ts';

/** What a person has filled in, as far as answers depend on it. */
type Filled = Pick<ImportForm, 'answers' | 'models'>;

/**
 * The answers with the harmless choice filled in where one exists: of several providers
 * of one base URL the first, beside a namesake a new one, and for a provider without
 * models those that are ticked; a key that stands elsewhere is left there, and a provider
 * that is switched off stays so. What would serve nothing, or mix two models under one
 * name, is never chosen for the person.
 */
export function withDefaults(filled: Filled, decisions: readonly Decision[]): ImportAnswers {
  const answers = withRest(withPlace(filled.answers, decisions), decisions);
  return addsModels(filled, decisions) ? { ...answers, addModels: true } : answers;
}

function withPlace(answers: ImportAnswers, decisions: readonly Decision[]): ImportAnswers {
  if (answers.provider !== undefined) return answers;
  const [place] = decisions.filter(
    ({ code }) => code === 'same-name' || code === 'several-providers',
  );
  if (place?.code === 'same-name') return { ...answers, provider: 'new' };
  const first = place?.code === 'several-providers' ? place.candidates[0] : undefined;
  return first ? { ...answers, provider: { name: first.name, baseUrl: first.baseUrl } } : answers;
}

/** What leaves things as they are. */
function withRest(answers: ImportAnswers, decisions: readonly Decision[]): ImportAnswers {
  const isAsked = (code: Decision['code']) => decisions.some((decision) => decision.code === code);
  const { keyElsewhere, disabledProvider } = answers;
  const leaves = isAsked('key-elsewhere') && keyElsewhere === undefined;
  const staysOff = isAsked('provider-disabled') && disabledProvider === undefined;
  if (!leaves && !staysOff) return answers;
  return {
    ...answers,
    ...(leaves && { keyElsewhere: 'leave' as const }),
    ...(staysOff && { disabledProvider: 'leave-off' as const }),
  };
}

function addsModels({ answers, models }: Filled, decisions: readonly Decision[]): boolean {
  const isAsked = decisions.some((decision) => decision.code === 'no-models' && decision.exists);
  const isAnswered = answers.addModels !== undefined || answers.withoutModels !== undefined;
  return isAsked && !isAnswered && models.length > 0;
}
