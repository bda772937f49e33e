import type { InputFailure } from '../failures/failure.ts';
import type { ExtraHeader } from '../ports.ts';
import { fail, ok, type Result } from '../result.ts';
import { parseManagementKey, type Secret } from '../secrets.ts';
import type { ServerSecrets } from '../stores.ts';
import { DEFAULT_ADDRESS, parseServerAddress, plainHttpReach, serverPlace } from './address.ts';
import type { HeaderForm, Server, ServerForm } from './server.ts';

/** A server form that can be used, with what opens the server. */
export interface ParsedServerForm {
  name: string;
  managementBaseUrl: string;
  secrets: ServerSecrets;
}

export const EMPTY_SERVER_FORM: ServerForm = {
  name: '',
  address: DEFAULT_ADDRESS,
  managementKey: '',
  headers: [],
  plainHttpAccepted: false,
};

/** At most this many extra request headers. */
export const MAX_HEADERS = 3;

/**
 * What a server form means. `stored` is what opens the server today: a key or header
 * value that was left empty stays as it is.
 */
export function parseServerForm(
  form: ServerForm,
  others: readonly Server[],
  stored: ServerSecrets | undefined,
): Result<ParsedServerForm, InputFailure> {
  const address = parseServerAddress(form.address);
  if (!address.ok) return address;
  const { managementBaseUrl } = address.value;
  if (plainHttpReach(managementBaseUrl) === 'public' && !form.plainHttpAccepted) {
    return fail({ code: 'input/plain-http', host: new URL(managementBaseUrl).hostname });
  }
  const name = form.name.trim() || serverPlace(managementBaseUrl);
  const isTaken = others.some(
    (other) => other.id !== form.id && other.name.toLowerCase() === name.toLowerCase(),
  );
  if (isTaken) return fail({ code: 'input/name', problem: 'taken' });
  const managementKey = parseKey(form.managementKey, stored);
  if (!managementKey.ok) return managementKey;
  const headers = parseHeaders(form.headers, stored?.headers ?? []);
  if (!headers.ok) return headers;
  const secrets = { managementKey: managementKey.value, headers: headers.value };
  return ok({ name, managementBaseUrl, secrets });
}

function parseKey(
  typed: string | undefined,
  stored: ServerSecrets | undefined,
): Result<Secret, InputFailure> {
  if ((typed ?? '').trim() === '' && stored) return ok(stored.managementKey);
  return parseManagementKey(typed ?? '');
}

/** Headers that the browser sets, or that carry what Keyferry itself sends. */
const RESERVED =
  /^(x-management-key|x-api-key|content-type|content-length|host|origin|referer|cookie|connection|sec-.*|proxy-.*|access-control-.*)$/i;

function parseHeaders(
  typed: readonly HeaderForm[],
  stored: readonly ExtraHeader[],
): Result<ExtraHeader[], InputFailure> {
  const headers: ExtraHeader[] = [];
  for (const { name: typedName, value: typedValue } of typed.slice(0, MAX_HEADERS)) {
    const name = typedName.trim();
    const value = typedValue?.trim() || stored.find((header) => header.name === name)?.value || '';
    if (name === '' && value === '') continue;
    const problem = headerProblem(name, value, headers);
    if (problem) return fail({ code: 'input/header', problem, header: name });
    headers.push({ name, value });
  }
  return ok(headers);
}

function headerProblem(name: string, value: string, before: readonly ExtraHeader[]) {
  if (!/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(name)) return 'name';
  if (RESERVED.test(name)) return 'reserved';
  if (before.some((header) => header.name.toLowerCase() === name.toLowerCase())) return 'twice';
  return value === '' || /[^\t\x20-\x7e]/.test(value) ? 'value' : undefined;
}
