import { load, YAMLException } from 'js-yaml';
import { fail, ok, type Result } from '../core/result.ts';

/** Where YAML cannot be read, counted from 1. */
export interface YamlFault {
  line: number;
  column: number;
}

/** What a YAML document says; nothing where it is empty. */
export function parseYaml(text: string): Result<unknown, YamlFault> {
  if (text.trim() === '') return ok(undefined);
  try {
    return ok(load(text));
  } catch (error) {
    const mark = error instanceof YAMLException ? error.mark : undefined;
    return fail({ line: (mark?.line ?? 0) + 1, column: (mark?.column ?? 0) + 1 });
  }
}
