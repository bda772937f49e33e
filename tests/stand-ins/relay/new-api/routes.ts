import type { Reply } from '../http.ts';
import type { Call } from './call.ts';

export type Page = (call: Call) => Reply;

export interface Route {
  method: string;
  path: string;
  page: Page;
  /** Pages of other origins may read the answer. */
  isOpen: boolean;
}

/** A page of the dashboard: other origins cannot read it. */
export function closed(method: string, path: string, page: Page): Route {
  return { method, path, page, isOpen: false };
}

/** A page that other origins may read. */
export function open(method: string, path: string, page: Page): Route {
  return { method, path, page, isOpen: true };
}

/** The first route for a request, with what its path gives for the route's `:names`. */
export function findRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): { route: Route; params: Record<string, string> } | undefined {
  for (const route of routes) {
    const params = route.method === method ? paramsOf(route.path, path) : undefined;
    if (params) return { route, params };
  }
  return undefined;
}

function paramsOf(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const value = given[index] ?? '';
    if (segment.startsWith(':') && value !== '') params[segment.slice(1)] = value;
    else if (segment !== value) return undefined;
  }
  return params;
}
