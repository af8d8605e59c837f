import type { MeshProxy, RandomMesh } from './mesh';
import { GATEWAY_HOSTS, HEADERS, maybe, MeshObject, METHODS, PATH_PATTERNS, PATHS, QUERIES, some, VALUE_PATTERNS, VALUES } from './words';
import type { ConnectionQuestion, HeaderLine, HttpQuestion } from '../../../../lib/simulation/question';
import type { Random } from '../random';

/** A question to a proxy: a request, or a connection that carries something else. */
export type Question = HttpQuestion | ConnectionQuestion;

export function isHttp(question: Question): question is HttpQuestion {
  return 'method' in question;
}

/** What the listeners of a proxy look like to a client. */
export interface Entrance {
  readonly port: number;
  readonly address?: string;
  readonly isTls: boolean;

  /** Whether it reads requests. */
  readonly isHttp: boolean;
}

/** A question that some route of the mesh is likely to take, or nearly. */
export function randomQuestion(random: Random, mesh: RandomMesh, proxy: MeshProxy, entrances: readonly Entrance[]): Question {
  const virtualServices = mesh.objects.filter(({ kind, spec }) => kind === 'VirtualService' && spec.hosts !== undefined);
  const own = virtualServices.filter(({ spec: { gateways = ['mesh'] } }) => proxy.type === 'sidecar' ? gateways.includes('mesh') : gateways[0] !== 'mesh');
  const virtualService = random.pick([...own, ...own, ...own, ...random.chance(0.1) ? virtualServices : [], NO_SERVICE]);
  const rule = random.pick<any>([...virtualService.spec.http ?? [], {}]);
  const match = random.pick<any>([...rule.match ?? [], {}]);
  const fitting = entrances.filter(({ isHttp: forHttp }) => forHttp === (virtualService.spec.http !== undefined || random.chance(0.5)));
  const entrance = random.chance(0.95) && entrances.length > 0 ? random.pick(fitting.length > 0 && random.chance(0.95) ? fitting : entrances)
    : { port: random.pick([80, 80, 443, 8080, 9000, 9001, 15001]), isTls: random.chance(0.2), isHttp: true };
  const host = vary(random, 0.12, hostFor(random, mesh, virtualService), nearHost);
  const isTls = random.chance(0.95) ? entrance.isTls : !entrance.isTls;
  const sni = isTls ? sniFor(random, mesh, virtualService, host) : undefined;
  const connection: ConnectionQuestion = {
    port: match.port !== undefined && random.chance(0.3) && proxy.type === 'sidecar' ? match.port : entrance.port,
    address: entrance.address ?? maybe(random, 0.2, () => random.pick(['240.0.0.1', '240.0.0.2', '240.1.0.7', '10.0.0.1'])),
    tls: isTls || undefined,
    sni,
    alpn: isTls ? random.pick([undefined, undefined, ['http/1.1'], ['istio'], ['istio-http/1.1', 'istio']]) : undefined,
  };
  if (random.chance(entrance.isHttp ? 0.06 : 0.7)) {
    return connection;
  }
  return {
    ...connection,
    method: vary(random, 0.1, textFor(random, match.method, METHODS) || 'GET', method => random.pick([...METHODS, method.toLowerCase()])),
    authority: authorityFor(random, match, host, entrance.port),
    target: targetFor(random, match),
    headers: headersFor(random, match),
    random: random.integer(0, 300),
  };
}

const NO_SERVICE: MeshObject = { apiVersion: '', kind: '', metadata: { name: '', namespace: 'default' }, spec: { hosts: [] } };

function vary<T>(random: Random, probability: number, value: T, change: (value: T, random: Random) => T): T {
  return random.chance(probability) ? change(value, random) : value;
}

/** A name that a VirtualService is for, or any other of the mesh. */
function hostFor(random: Random, mesh: RandomMesh, { metadata, spec }: MeshObject): string {
  const isOwn = spec.hosts.length > 0 && random.chance(0.75);
  const host = isOwn ? random.pick<string>(spec.hosts) : random.pick(hostsOf(mesh));
  if (!host.includes('.') && host !== '*') {
    const namespace = random.chance(0.9) ? metadata.namespace : 'shop';
    return random.pick([host, `${host}.${namespace}`, `${host}.${namespace}.svc`, `${host}.${namespace}.svc.cluster.local`, `${host}.${namespace}.svc.cluster.local.`]);
  }
  if (host === '*') {
    return random.pick(['a.com', 'anything.net', 'x.a.com', 'a']);
  }
  return host.startsWith('*') ? random.pick(['a', 'x', 'n', 'y.z']) + host.slice(1) : host;
}

function hostsOf({ objects }: RandomMesh): string[] {
  return [...GATEWAY_HOSTS, ...objects.flatMap(({ kind, metadata: { name, namespace }, spec }) => {
    switch (kind) {
      case 'Service':
        return [name, `${name}.${namespace}.svc.cluster.local`, ...spec.clusterIP === undefined || spec.clusterIP === 'None' ? [] : [spec.clusterIP as string]];
      case 'ServiceEntry':
        return [...spec.hosts as string[], ...(spec.addresses ?? []).filter((address: string) => !address.includes('/'))];
      default:
        return [];
    }
  })];
}

function nearHost(host: string, random: Random): string {
  return random.pick([host.toUpperCase(), `${host}.`, `${host}:80`, `${host}:8080`, `x.${host}`, host.slice(1), `${host}x`, host.replace('.', '-'), `${host}:abc`]);
}

function sniFor(random: Random, mesh: RandomMesh, { spec }: MeshObject, host: string): string | undefined {
  const named = (spec.tls ?? []).flatMap(({ match }: any) => match.flatMap(({ sniHosts }: any) => sniHosts)) as string[];
  const services = mesh.objects.filter(({ kind }) => kind === 'Service').map(({ metadata: { name, namespace } }) => `${name}.${namespace}.svc.cluster.local`);
  const pool = [host, host, ...named, ...named, ...services.slice(0, 2), ...services.slice(0, 2).map(name => `outbound_.80_._.${name}`), undefined];
  const sni = random.pick(pool);
  const name = sni === undefined ? undefined : vary(random, 0.1, sni.replace(/^\*/, 'n').replace(/:.*$/, ''), nearHost).replace(/:.*$/, '');
  // clients do not send addresses as names
  return name === undefined || name === '' || /^[\d.]+$/.test(name) ? undefined : name;
}

function authorityFor(random: Random, match: any, host: string, port: number): string | undefined {
  const wanted = match.authority !== undefined && random.chance(0.6) ? textFor(random, match.authority, ['a.com', 'a.com:80']) : host;
  const withPort = random.chance(0.12) ? `${wanted}:${port}` : wanted;
  return random.chance(0.01) ? undefined : withPort;
}

/** A text that a condition is met by; without condition any of some others. */
function textFor(random: Random, condition: any, others: readonly string[]): string {
  if (condition?.exact !== undefined) {
    return condition.exact;
  }
  if (condition?.prefix !== undefined) {
    return condition.prefix + random.pick(['', '', 'x', 'OST']);
  }
  const pattern = [...PATH_PATTERNS, ...VALUE_PATTERNS].find(([regex]) => regex === condition?.regex);
  return random.pick(pattern?.[1] ?? others);
}

function targetFor(random: Random, match: any): string {
  const exact = match.uri === undefined ? random.pick(PATHS) : textFor(random, match.uri, PATHS);
  const longer = match.uri?.prefix !== undefined && random.chance(0.5) ? exact + random.pick(['/x', 'x', '/', '/../y', '//z', '/%7e', '?']) : exact;
  const path = vary(random, 0.25, longer, nearPath);
  const asked = Object.entries<any>(match.queryParams ?? {}).map(([name, condition]) => `${name}=${textFor(random, condition, VALUES).replace(/ /g, '%20')}`);
  const parameters = vary(random, 0.2, [...asked, ...random.chance(0.12) ? [`${random.pick(QUERIES)}=${random.pick(['1', 'alice', ''])}`] : []], (all, chance) =>
    chance.pick([[...all, ...all], all.slice(1), [...all, chance.pick(QUERIES)], all.map(each => each.toUpperCase()), ['', ...all], ['a=1', ...all]]));
  const query = parameters.length === 0 && random.chance(0.97) ? '' : `?${parameters.join('&')}`;
  return (path.startsWith('/') || random.chance(0.3) ? '' : '/') + path.replace(/ /g, '%20') + query || '/';
}

function nearPath(path: string, random: Random): string {
  const at = random.integer(1, Math.max(1, path.length));
  return random.pick([
    path.toUpperCase(), `${path}/`, path.replace(/\/$/, ''), `/${path}`, `${path}//`, path.slice(0, -1) || '/', `${path}x`, path.replace('o', '%6f'),
    path.replace(/\/(?=.)/g, '%2f'), path.replace('/', '/./'), `${path}/..`, `/x/..${path}`, path.replace(/\//g, '\\'), `${path}%20`, `${path};a=b`,
    path.slice(0, at) + random.pick(['%zz', '%2F', '%5c', '%C3%A4', '%2e%2e', '%', '+', '~', '#', '%00', '*', '@']) + path.slice(at), 'http://a.com/foo',
    '/foo/bar/', '//', '/..', '/foo/../..', '/foo//bar', '*',
  ]);
}

function headersFor(random: Random, match: any): HeaderLine[] {
  const asked = Object.entries<any>(match.headers ?? {}).map(([name, condition]): HeaderLine => [name, textFor(random, condition, VALUES)]);
  const unwanted = Object.entries<any>(match.withoutHeaders ?? {}).filter(() => random.chance(0.4))
    .map(([name, condition]): HeaderLine => [name, textFor(random, condition, VALUES)]);
  const extra = some(random, 0, random.chance(0.3) ? 2 : 0, (): HeaderLine => [random.pick(HEADERS), random.pick([...VALUES, '', 'x,y'])]);
  const special = random.chance(0.88) ? [] : random.pick<HeaderLine[]>([
    [['x-forwarded-proto', random.pick(['https', 'http', 'ftp'])]],
    [['origin', random.pick(['https://ok.org', 'http://no.net', ''])]],
    [['Origin', 'https://ok.org'], ['Access-Control-Request-Method', 'GET']],
    [['x-envoy-original-path', '/mine']], [['x-request-id', random.pick(['', 'mine'])]], [['x-forwarded-for', '1.2.3.4']],
    [['content-type', random.pick(['application/grpc', 'application/grpc', 'application/grpc+proto', 'application/grpc-web', 'application/grpc;a=b'])],
      ...random.chance(0.6) ? [] : [['grpc-timeout', random.pick(['6S', '7000m', '1M', '0S', '8000001u', '123456789m', 'soon'])] as HeaderLine]],
    [['x-envoy-max-retries', '3']], [['x-envoy-upstream-rq-timeout-ms', '15000']],
  ]);
  const status: HeaderLine[] = random.chance(0.02) ? [['x-sim-status', random.pick(['404', '500', '418'])]] : [];
  return [...vary(random, 0.2, [...asked, ...unwanted, ...extra, ...special], nearLines), ...status];
}

function nearLines(lines: HeaderLine[], random: Random): HeaderLine[] {
  if (lines.length === 0) {
    return [['x-other', '1']];
  }
  const [name, content] = random.pick(lines);
  const others = lines.filter(([each]) => each !== name);
  return random.pick<HeaderLine[]>([
    others, [...lines, [name, 'other']], [[name, 'other'], ...lines], [...others, [name.toUpperCase(), content]], [...others, [name, content.toUpperCase()]],
    [...others, [name, ` ${content} `]], [...others, [name, '']], [...others, [name, `${content}x`]], [...others, [name, content.slice(1)]], [...lines, [name, content]],
  ]);
}
