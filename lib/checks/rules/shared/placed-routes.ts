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

/** The fields that rules ask for. */
const HTTP_FIELDS = ['directResponse', 'fault', 'headers', 'redirect', 'retries', 'rewrite'] as const;
const MATCH_FIELDS = ['gateways', 'sniHosts'] as const;
const SHARE_FIELDS = ['headers', 'weight'] as const;

/** The parts of all routes by the fields that they have, so that a rule about a rare field need not look at every route. */
export class PlacedRoutes {
  /** All matches of http routes. */
  public readonly httpMatches: PlacedMatch[] = [];

  /** The routes with several destinations. */
  public readonly splits: PlacedRoute[] = [];

  private readonly routes = new FieldIndex<PlacedRoute>(HTTP_FIELDS);
  private readonly matches = new FieldIndex<PlacedMatch>(MATCH_FIELDS);
  private readonly shares = new FieldIndex<PlacedShare>(SHARE_FIELDS);

  constructor(virtualServices: readonly Resource<VirtualServiceSpec>[]) {
    for (const resource of virtualServices) {
      for (const section of SECTIONS) {
        const rules: readonly HttpRule[] | undefined = resource.spec[section];
        for (let index = 0; rules !== undefined && index < rules.length; index++) {
          this.add(new PlacedRoute(resource, section, index, rules[index]));
        }
      }
    }
  }

  /** The http routes that have a field. */
  public httpWith(field: typeof HTTP_FIELDS[number]): readonly PlacedRoute[] {
    return this.routes.with(field);
  }

  /** The matches of all sections that have a field. */
  public matchesWith(field: typeof MATCH_FIELDS[number]): readonly PlacedMatch[] {
    return this.matches.with(field);
  }

  /** The weighted destinations of all sections that have a field. */
  public sharesWith(field: typeof SHARE_FIELDS[number]): readonly PlacedShare[] {
    return this.shares.with(field);
  }

  private add(placed: PlacedRoute): void {
    const { section, rule: { match, route } } = placed;
    if (section === 'http') {
      this.routes.add(placed.rule, placed);
    }
    for (let index = 0; match !== undefined && index < match.length; index++) {
      const placedMatch = new PlacedMatch(placed, index, match[index]);
      this.matches.add(match[index], placedMatch);
      if (section === 'http') {
        this.httpMatches.push(placedMatch);
      }
    }
    for (let index = 0; route !== undefined && index < route.length; index++) {
      this.shares.add(route[index], new PlacedShare(placed, index, route[index]));
    }
    if (route !== undefined && route.length > 1) {
      this.splits.push(placed);
    }
  }
}

/** Things by the fields of what they stand for. */
class FieldIndex<T> {
  private readonly lists: ReadonlyMap<string, T[]>;

  constructor(fields: readonly string[]) {
    this.lists = new Map(fields.map(field => [field, []]));
  }

  public add(object: object, thing: T): void {
    for (const field in object) {
      this.lists.get(field)?.push(thing);
    }
  }

  public with(field: string): readonly T[] {
    return this.lists.get(field)!;
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
