import { append } from '../../../mesh/collections';
import type { MeshModel } from '../../../mesh/model';
import type { Resource } from '../../../mesh/resource';
import type { HttpDestination, HttpMatch, HttpRule, TlsMatch, VirtualServiceSpec } from '../../../mesh/specs';

type Section = 'http' | 'tls' | 'tcp';

const SECTIONS: readonly Section[] = ['http', 'tls', 'tcp'];

/** A route of a VirtualService and where it stands. What tls and tcp routes do not have is absent in them. */
export class PlacedRoute {
  constructor(
    public readonly resource: Resource<VirtualServiceSpec>,
    public readonly section: Section,
    public readonly index: number,
    public readonly rule: HttpRule,
  ) {
  }

  /** The property, such as `spec.http[0]`. */
  public get path(): string {
    return `spec.${this.section}[${this.index}]`;
  }
}

type RouteMatch = HttpMatch & Pick<TlsMatch, 'sniHosts'>;

/** A match of a route. What the matches of its section do not have is absent. */
export class PlacedMatch {
  constructor(public readonly route: PlacedRoute, public readonly index: number, public readonly match: RouteMatch) {
  }

  public get resource(): Resource<VirtualServiceSpec> {
    return this.route.resource;
  }

  /** The property, such as `spec.http[0].match[1]`. */
  public get path(): string {
    return `${this.route.path}.match[${this.index}]`;
  }
}

/** A weighted destination of a route. */
export class PlacedShare {
  constructor(public readonly route: PlacedRoute, public readonly index: number, public readonly share: HttpDestination) {
  }

  public get resource(): Resource<VirtualServiceSpec> {
    return this.route.resource;
  }

  /** The property, such as `spec.http[0].route[1]`. */
  public get path(): string {
    return `${this.route.path}.route[${this.index}]`;
  }
}

/** The parts of all routes by the fields that they have, so that a rule about a rare field need not look at every route. */
export class PlacedRoutes {
  /** All matches of http routes. */
  public readonly httpMatches: readonly PlacedMatch[];

  /** The routes with several destinations. */
  public readonly splits: readonly PlacedRoute[];

  private readonly routes = new Map<string, PlacedRoute[]>();
  private readonly matches = new Map<string, PlacedMatch[]>();
  private readonly shares = new Map<string, PlacedShare[]>();

  constructor(virtualServices: readonly Resource<VirtualServiceSpec>[]) {
    const httpMatches: PlacedMatch[] = [];
    const splits: PlacedRoute[] = [];
    for (const resource of virtualServices) {
      for (const section of SECTIONS) {
        const rules: readonly HttpRule[] = resource.spec[section] ?? [];
        for (let index = 0; index < rules.length; index++) {
          const placed = new PlacedRoute(resource, section, index, rules[index]);
          const { match, route } = placed.rule;
          if (section === 'http') {
            addFields(this.routes, placed.rule, placed);
          }
          if (match !== undefined) {
            this.addMatches(placed, match, section === 'http' ? httpMatches : undefined);
          }
          if (route !== undefined) {
            route.forEach((share, position) => addFields(this.shares, share, new PlacedShare(placed, position, share)));
            if (route.length > 1) {
              splits.push(placed);
            }
          }
        }
      }
    }
    this.httpMatches = httpMatches;
    this.splits = splits;
  }

  /** The http routes that have a field. */
  public httpWith(field: keyof HttpRule): readonly PlacedRoute[] {
    return this.routes.get(field) ?? [];
  }

  /** The matches of all sections that have a field. */
  public matchesWith(field: keyof RouteMatch): readonly PlacedMatch[] {
    return this.matches.get(field) ?? [];
  }

  /** The weighted destinations of all sections that have a field. */
  public sharesWith(field: keyof HttpDestination): readonly PlacedShare[] {
    return this.shares.get(field) ?? [];
  }

  private addMatches(placed: PlacedRoute, matches: readonly HttpMatch[], httpMatches: PlacedMatch[] | undefined): void {
    for (let index = 0; index < matches.length; index++) {
      const match = new PlacedMatch(placed, index, matches[index]);
      addFields(this.matches, match.match, match);
      httpMatches?.push(match);
    }
  }
}

function addFields<T>(lists: Map<string, T[]>, object: object, placed: T): void {
  for (const field in object) {
    append(lists, field, placed);
  }
}

const routesOfMeshes = new WeakMap<MeshModel, PlacedRoutes>();

/** The parts of all routes of a mesh, indexed once for all rules. */
export function placedRoutes(mesh: MeshModel): PlacedRoutes {
  let routes = routesOfMeshes.get(mesh);
  if (routes === undefined) {
    routes = new PlacedRoutes(mesh.resources.virtualServices);
    routesOfMeshes.set(mesh, routes);
  }
  return routes;
}
