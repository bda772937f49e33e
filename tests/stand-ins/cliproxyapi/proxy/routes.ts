import type { Config } from '../config.ts';
import type { Features } from '../versions.ts';
import { claudeRoutes } from './claude-routes.ts';
import { providerRoutes } from './provider-routes.ts';
import type { Route } from './route.ts';

/** All models that clients can ask for, each with its routes. */
export function routesOf(
  config: Config,
  features: Features,
): ReadonlyMap<string, readonly Route[]> {
  const routes = new Map<string, Route[]>();
  for (const [id, route] of [
    ...providerRoutes(config, features),
    ...claudeRoutes(config, features),
  ]) {
    const others = routes.get(id);
    if (others) others.push(route);
    else routes.set(id, [route]);
  }
  return routes;
}
