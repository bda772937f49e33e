import { type ReactNode, useId } from 'react';
import { decisionWords } from '../../lib/core/changes/decision-words.ts';
import type { Candidate, Decision, ImportAnswers } from '../../lib/core/changes/import.ts';
import type { ImportForm } from '../../lib/core/import-view.ts';
import { hostOf } from '../../lib/core/relay/base-url.ts';
import { say, type Words } from '../../lib/core/words/words.ts';
import { Glyph } from '../ui/glyph.tsx';
import { Say, T } from '../ui/language.tsx';

interface DecisionCalloutProps {
  decision: Decision;
  form: ImportForm;
  onAnswer(answers: ImportAnswers): void;
}

/** One thing that only the person can decide, with its choices. */
export function DecisionCallout({ decision, form, onAnswer }: DecisionCalloutProps) {
  const { answers } = form;
  const isChosen = (choice: ImportAnswers['provider']) =>
    JSON.stringify(answers.provider) === JSON.stringify(choice);
  const newOption = ({ code, freeName }: { code: string; freeName: string }) => (
    <Option group={code} isChosen={isChosen('new')} onChoose={() => onAnswer({ provider: 'new' })}>
      <T k="decide_new_named" name={freeName} />
    </Option>
  );
  switch (decision.code) {
    case 'same-name':
      return (
        <Callout title={decisionWords(decision)}>
          <Option
            group={decision.code}
            isChosen={isChosen(refOf(decision.candidate))}
            onChoose={() => onAnswer({ provider: refOf(decision.candidate) })}
          >
            <T
              k="decide_add_there"
              provider={decision.candidate.name}
              host={hostOf(decision.candidate.baseUrl)}
            />
          </Option>
          {newOption(decision)}
        </Callout>
      );
    case 'several-providers':
      return (
        <Callout title={decisionWords(decision)}>
          {decision.candidates.map((candidate) => (
            <Option
              group={decision.code}
              key={`${candidate.name} ${candidate.baseUrl}`}
              isChosen={isChosen(refOf(candidate))}
              onChoose={() => onAnswer({ provider: refOf(candidate) })}
            >
              <b className="font-semibold">{candidate.name}</b>{' '}
              <span className="xs text-muted">
                <T
                  k={candidate.disabled ? 'decide_candidate_disabled' : 'decide_candidate'}
                  keys={candidate.keys}
                  models={candidate.models}
                />
              </span>
            </Option>
          ))}
          {newOption(decision)}
        </Callout>
      );
    case 'key-elsewhere':
      return (
        <Callout title={decisionWords(decision)}>
          <Option
            group={decision.code}
            isChosen={answers.keyElsewhere === 'leave'}
            onChoose={() => onAnswer({ keyElsewhere: 'leave' })}
          >
            <T k="decide_elsewhere_leave" />
          </Option>
          <Option
            group={decision.code}
            isChosen={answers.keyElsewhere === 'add'}
            onChoose={() => onAnswer({ keyElsewhere: 'add' })}
          >
            <T k="decide_elsewhere_add" />
          </Option>
        </Callout>
      );
    case 'provider-disabled':
      return (
        <Callout title={decisionWords(decision)}>
          <Option
            group={decision.code}
            isChosen={answers.disabledProvider === 'leave-off'}
            onChoose={() => onAnswer({ disabledProvider: 'leave-off' })}
          >
            <T k="decide_disabled_leave" />
          </Option>
          <Option
            group={decision.code}
            isChosen={answers.disabledProvider === 'switch-on'}
            onChoose={() => onAnswer({ disabledProvider: 'switch-on' })}
          >
            <T k="decide_disabled_on" />
          </Option>
        </Callout>
      );
    case 'no-models':
      return (
        <Callout title={decisionWords(decision)} detail={say('decide_no_models_detail')}>
          {decision.exists && form.models.length > 0 && (
            <Option
              group={decision.code}
              isChosen={answers.addModels === true}
              onChoose={() => onAnswer({ addModels: true, withoutModels: undefined })}
            >
              <T k="decide_add_models" count={form.models.length} provider={decision.provider} />
            </Option>
          )}
          <Option
            group={decision.code}
            isChosen={answers.withoutModels === true}
            onChoose={() => onAnswer({ withoutModels: true, addModels: undefined })}
          >
            <T k="decide_without_models" />
          </Option>
        </Callout>
      );
    case 'alias-taken':
      return (
        <Callout title={decisionWords(decision)} detail={say('decide_alias_detail')}>
          <ul className="xs mb-1 grid gap-1">
            {decision.conflicts.slice(0, SHOWN_CONFLICTS).map((conflict) => (
              <li key={`${conflict.alias} ${conflict.wanted}`}>
                <T
                  k="decide_alias_line"
                  alias={conflict.alias}
                  provider={conflict.provider}
                  upstream={conflict.upstream}
                  wanted={conflict.wanted}
                />
              </li>
            ))}
          </ul>
          <label className="choice">
            <input
              type="checkbox"
              className="check"
              checked={answers.sharedAliases === true}
              onChange={({ target }) => onAnswer({ sharedAliases: target.checked || undefined })}
            />
            <T k="decide_alias_share" />
          </label>
        </Callout>
      );
  }
}

const SHOWN_CONFLICTS = 5;

const refOf = ({ name, baseUrl }: Candidate) => ({ name, baseUrl });

function Callout({
  title,
  detail,
  children,
}: {
  title: Words;
  detail?: Words;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <fieldset className="callout" aria-labelledby={id}>
      <Glyph state="fail" tone="warn" />
      <div>
        <p id={id} className="font-semibold">
          <Say words={title} />
        </p>
        {detail && (
          <p className="xs text-muted">
            <Say words={detail} />
          </p>
        )}
        <div className="mt-1 flex flex-col">{children}</div>
      </div>
    </fieldset>
  );
}

function Option({
  group,
  isChosen,
  onChoose,
  children,
}: {
  group: string;
  isChosen: boolean;
  onChoose(): void;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <label className="choice" htmlFor={id}>
      <input
        id={id}
        type="radio"
        name={group}
        className="radio"
        checked={isChosen}
        onChange={onChoose}
      />
      <span>{children}</span>
    </label>
  );
}
