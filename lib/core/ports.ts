import type { ProviderEntry, ProviderKind } from './changes/provider.ts';
import type { RelayFailure, ServerFailure } from './failures/failure.ts';
import type { JsonObject, JsonValue } from './json.ts';
import type { ServedModel } from './models/serving.ts';
import type { Result } from './result.ts';
import type { Secret } from './secrets.ts';

/** Time, so that a workflow runs on any clock. */
export interface Clock {
  /** Epoch ms. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** How to reach a server, secrets included. It lives in the worker only. */
export interface ServerAccess {
  managementBaseUrl: string;
  managementKey: Secret;
  headers: readonly ExtraHeader[];
}

/** A request header that something in front of the server asks for (Cloudflare Access and the like). */
export interface ExtraHeader {
  name: string;
  value: string;
}

/** A provider list as just read. */
export interface ListRead {
  entries: readonly ProviderEntry[];
  /** An empty list came as `null`, as before v6.9.29. */
  wasNull: boolean;
}

export type Answer<Value> = Promise<Result<Value, ServerFailure>>;

/** What a server answered to a keyless look: it is CLIProxyAPI, perhaps in safe mode. */
export interface ServiceFound {
  safeMode: boolean;
}

/** What an upstream answered to a request that the server made for us. */
export interface UpstreamReply {
  status: number;
  contentType: string;
  body: string;
}

/** What the server offers to clients, by provider. */
export interface OffersRead {
  /** The client keys, in clear. */
  clientKeys: readonly Secret[];
  offers: readonly { provider: string; baseUrl: string; aliases: readonly string[] }[];
  /** Credentials whose models no list shows: a built-in catalogue, logged-in accounts. */
  hasHidden: boolean;
}

/** What came of one tiny request to a model. Which provider of a pool answered, nobody can see. */
export interface ModelTrial {
  status: number;
  isAnswer: boolean;
  /** The server's own words where it was none, keys masked. */
  said: string;
}

/** The management API of one server. Every call ends within 15 seconds, those that go on to a relay within 20. */
export interface ManagementApi {
  /** Whether CLIProxyAPI answers at all. Keyless, so it counts for no ban. */
  findService(signal?: AbortSignal): Answer<ServiceFound>;
  /** One light authenticated call that returns no secret. Gives the version where it can be read. */
  checkKey(signal?: AbortSignal): Answer<{ version?: string }>;
  readProviders(kind: ProviderKind, signal?: AbortSignal): Answer<ListRead>;
  /** Nothing left is written as `[]`: as `items` an empty list is refused. */
  replaceProviders(kind: ProviderKind, items: readonly ProviderEntry[]): Answer<void>;
  /**
   * Changes the first provider of that exact name, in the other lists the first entry with
   * that key. Not found is `server/item-gone`.
   */
  patchProvider(kind: ProviderKind, target: string, value: JsonObject): Answer<void>;
  /** Whether PATCH is partial: servers that have `api-call` (v6.6.63) have it (v6.6.40). */
  probePatch(): Answer<'partial' | 'whole'>;
  /** The server's client keys, in clear. */
  readClientKeys(signal?: AbortSignal): Answer<readonly Secret[]>;
  /** All providers' models, from the running configuration: every kind in one request. */
  readOffers(): Answer<OffersRead>;
  /** What clients are offered; without a key where the server has none. */
  readServedModels(
    clientKey: Secret | undefined,
    signal?: AbortSignal,
  ): Answer<readonly ServedModel[]>;
  /** The server's config.yaml, parsed. It holds every secret of the server: nothing of it is kept. */
  readConfigFile(): Answer<JsonValue>;
  /** One completion of at most one token. */
  tryModel(clientKey: Secret | undefined, model: string): Answer<ModelTrial>;
  /** Has the server itself ask `url`. `server/not-found` before v6.6.63. */
  askUpstream(url: string, apiKey: Secret, signal?: AbortSignal): Answer<UpstreamReply>;
}

/** Relays, as this browser can ask them. Every call ends within 20 seconds. */
export interface RelaySites {
  /** The ids of `GET <base URL>/models`. Needs no permission where the relay sends CORS headers. */
  readModels(
    baseUrl: string,
    apiKey: Secret,
    signal?: AbortSignal,
  ): Promise<Result<readonly string[], RelayFailure>>;
  /** The same of an answer that a server fetched for us. */
  understandModels(reply: UpstreamReply): Result<readonly string[], RelayFailure>;
}
