import { App, Chart, Duration } from 'cdk8s';
import { walk } from './route-walk';
import {
  Audience, CanaryRelease, DelegatedPath, DelegateRoutes, Gateway, HeaderMatch, HttpAction, IngressRoute, PathRewrite,
  PathType, ServiceHost, SharedHost, SharedHostProps, StringMatch,
} from '../../lib';
import { manifestsOf, specOf, testCharts } from '../util';

const gateway = Gateway.fromGatewayAttributes({ name: 'public', namespace: 'edge', hosts: ['*.example.com'] });

function to(name: string): HttpAction {
  return HttpAction.forward(ServiceHost.fromName(name, { namespace: name, port: 8080 }));
}

/** A host of a platform team, and the chart of a team that shares it. */
function shared(props: object = {}): { app: App; edge: Chart; cart: Chart; shop: SharedHost } {
  const { app, first, second } = testCharts({ namespace: 'edge' }, { namespace: 'cart' });
  return { app, edge: first, cart: second, shop: new SharedHost(first, 'Shop', { hosts: ['shop.example.com'], gateways: [gateway], ...props } as SharedHostProps) };
}

describe('a shared host', () => {
  test('is one virtual service with the paths of all', () => {
    const { edge, cart, shop } = shared({ defaultTarget: to('web') });
    shop.addPath(cart, '/cart', to('cart'), { rewrite: PathRewrite.strip() });
    shop.addPath(edge, '/cart/health', HttpAction.respond(200), { pathType: PathType.EXACT });
    expect(specOf(edge, 'VirtualService')).toEqual({
      hosts: ['shop.example.com'],
      gateways: ['edge/public'],
      http: [
        { name: 'cart-health-exact', match: [{ uri: { exact: '/cart/health' } }], directResponse: { status: 200 } },
        {
          name: 'cart',
          match: [{ uri: { exact: '/cart' } }, { uri: { prefix: '/cart/' } }],
          rewrite: { uri: '/' },
          route: [{ destination: { host: 'cart.cart.svc.cluster.local', port: { number: 8080 } } }],
        },
        { name: 'default', route: [{ destination: { host: 'web.web.svc.cluster.local', port: { number: 8080 } } }] },
      ],
    });
    expect(manifestsOf(cart)).toEqual([]);
  });

  test('can be that of a service in the mesh, where the clients are known and the port need not be', () => {
    const { edge, cart, shop } = shared({ hosts: undefined, gateways: undefined, services: [ServiceHost.fromName('reviews', { namespace: 'books' })] });
    shop.addPath(cart, '/v2', {
      toHttpTargetConfig: () => ({
        routes: [{ name: 'cart', matches: [{ sourceLabels: { app: 'cart' } }], action: to('a') }, { action: HttpAction.forward(ServiceHost.fromName('b')) }],
      }),
    });
    const { hosts, gateways, http } = specOf(edge, 'VirtualService');
    expect({ hosts, gateways }).toEqual({ hosts: ['reviews.books.svc.cluster.local'] });
    expect(http[0].match[0]).toEqual({ uri: { exact: '/v2' }, sourceLabels: { app: 'cart' } });
  });

  test('takes what is said for all paths, metadata and exportTo', () => {
    const { edge, cart, shop } = shared({ timeout: Duration.seconds(3), metadata: { name: 'shop' } });
    shop.addPath(cart, '/cart', to('cart'));
    expect(specOf(edge, 'VirtualService').http[0].timeout).toBe('3s');
    expect(shop.virtualService.name).toBe('shop');
  });

  test('takes releases as targets', () => {
    const { edge, cart, shop } = shared();
    shop.addPath(cart, '/cart', new CanaryRelease(cart, 'Release', {
      service: ServiceHost.fromName('cart', { namespace: 'cart', port: 8080 }),
      stable: { version: 'v1' },
      canary: { version: 'v2' },
      canaryPercent: 5,
      canaryFor: [Audience.header('x-tester', HeaderMatch.present())],
    }));
    expect(specOf(edge, 'VirtualService').http.map(({ match }: any) => match.length)).toEqual([2, 2]);
    expect(manifestsOf(cart).map(({ kind }) => kind)).toEqual(['DestinationRule']);
  });

  test('names both constructs where paths overlap', () => {
    const { edge, cart, shop } = shared();
    shop.addPath(edge, '/cart', to('a'));
    expect(() => shop.addPath(cart, '/cart', to('b'))).toThrow(new Error(
      "[second] path '/cart' takes the same requests as path '/cart' of [first], tell them apart by methods, headers or queryParams, or leave one out"));
  });

  test('names the owner of a path whose destination has no port', () => {
    const { edge, cart, shop } = shared();
    shop.addPath(cart, '/cart', HttpAction.forward(ServiceHost.fromName('cart')));
    expect(() => manifestsOf(edge)).toThrow("path '/cart' of [second] goes to 'cart' without a port");
  });

  test.each<[string, object, string]>([
    ['no host', { hosts: undefined }, '[first/Shop] hosts must be given, or services'],
    ['a host that the gateway lacks', { hosts: ['shop.example.org'] }, "[first/Shop] hosts: the host 'shop.example.org' is not covered by the servers of the gateway 'edge/public'"],
    ['a misspelt property', { host: 'x' }, "[first/Shop] props has no property 'host', known properties: hosts, services,"],
    ['a service that is none', { services: ['reviews'] }, '[first/Shop] services[0] must be made by ServiceHost.fromService()'],
    ['a timeout that is none', { timeout: '5s' }, "[first/Shop] timeout must be made by Duration, such as Duration.seconds(5), got '5s'"],
  ])('fails for %s', (_, props, message) => {
    expect(() => shared(props)).toThrow(message);
  });

  test('fails for an owner that is no construct', () => {
    expect(() => shared().shop.addPath('cart' as any, '/cart', to('cart'))).toThrow(new Error("[first/Shop] owner must be the construct whose path it is, got 'cart'"));
  });

  test('fails without a path', () => {
    const { edge } = shared();
    expect(() => manifestsOf(edge)).toThrow('[first/Shop] shared host has no path, call addPath() or set defaultTarget');
  });

  test('has its hosts alone, at a gateway and in the mesh', () => {
    const { cart, edge } = shared();
    expect(() => new IngressRoute(cart, 'Mine', { hosts: ['shop.example.com'], gateway })).toThrow(new Error(
      "[second/Mine] host 'shop.example.com' at gateway 'edge/public' belongs to [first/Shop] already, add to that one, or join both with SharedHost, whose addPath() takes releases too"));
    new SharedHost(edge, 'Reviews', { hosts: ['reviews.example.com'] });
    expect(() => new SharedHost(cart, 'Reviews', { hosts: ['reviews.example.com'] })).toThrow("[second/Reviews] host 'reviews.example.com' in the mesh belongs to [first/Reviews] already");
  });
});

describe('a delegated path', () => {
  function delegated(path = '/cart', props: object = {}) {
    const all = shared();
    return { ...all, part: new DelegatedPath(all.cart, 'Cart', { sharedHost: all.shop, path, ...props }) };
  }

  test('is kept in the chart of its team, and seen in the namespace of the root alone', () => {
    const { edge, cart, part } = delegated();
    part.addPath('/cart', to('cart'));
    part.addPath('/cart/checkout', to('checkout'), { methods: ['POST'] });
    expect(specOf(edge, 'VirtualService').http).toEqual([
      { name: 'cart', match: [{ uri: { exact: '/cart' } }, { uri: { prefix: '/cart/' } }], delegate: { name: 'second-cart-delegateroutes', namespace: 'cart' } },
    ]);
    expect(specOf(cart, 'VirtualService')).toEqual({
      exportTo: ['edge'],
      http: [
        {
          name: 'cart-checkout-post',
          match: [{ uri: { exact: '/cart/checkout' }, method: { exact: 'POST' } }, { uri: { prefix: '/cart/checkout/' }, method: { exact: 'POST' } }],
          route: [{ destination: { host: 'checkout.checkout.svc.cluster.local', port: { number: 8080 } } }],
        },
        {
          name: 'cart',
          match: [{ uri: { exact: '/cart' } }, { uri: { prefix: '/cart/' } }],
          route: [{ destination: { host: 'cart.cart.svc.cluster.local', port: { number: 8080 } } }],
        },
      ],
    });
  });

  test('in the namespace of the root is seen there alone', () => {
    const { edge, shop } = shared();
    new DelegatedPath(edge, 'Cart', { sharedHost: shop, path: '/cart' }).addPath('/cart', to('cart'));
    expect(manifestsOf(edge).map(({ spec }) => spec.exportTo)).toEqual([['.'], undefined]);
  });

  test('comes before the root in one chart, so that it is applied first', () => {
    const { edge, shop } = shared();
    new DelegatedPath(edge, 'Cart', { sharedHost: shop, path: '/cart', metadata: { name: 'cart' } }).addPath('/cart', to('cart'));
    expect(manifestsOf(edge).map(({ metadata }) => metadata.name)).toEqual(['cart', 'first-shop-virtualservice']);
  });

  test('takes what the root says for all paths unless it says otherwise', () => {
    const { shop, cart, edge } = shared({ timeout: Duration.seconds(1), corsPolicy: { allowOrigins: [StringMatch.exact('https://a.com')] } });
    const part = new DelegatedPath(cart, 'Cart', { sharedHost: shop, path: '/cart', timeout: Duration.seconds(2) });
    part.addPath('/cart', to('cart'));
    part.addPath('/cart/slow', to('cart'), { timeout: Duration.seconds(9) });
    part.addPath('/cart/old', HttpAction.redirect({ authority: 'old.example.com' }));
    expect(specOf(cart, 'VirtualService').http.map(({ name, timeout, corsPolicy }: any) => [name, timeout, corsPolicy !== undefined]))
      .toEqual([['cart-slow', '9s', true], ['cart-old', undefined, false], ['cart', '2s', true]]);
    expect(specOf(edge, 'VirtualService').http[0]).toMatchObject({ name: 'cart' });
    expect(specOf(edge, 'VirtualService').http[0]).not.toHaveProperty('timeout');
  });

  test('of / takes all, patterns too', () => {
    const { edge, cart, part } = delegated('/');
    part.addPath('/v[0-9]+/.*', to('api'), { pathType: PathType.REGEX });
    part.addPath('/', to('web'));
    expect(specOf(edge, 'VirtualService').http).toEqual([{ name: 'root', delegate: { name: 'second-cart-delegateroutes', namespace: 'cart' } }]);
    expect(specOf(cart, 'VirtualService').http.map(({ match }: any) => match)).toEqual([[{ uri: { regex: '/v[0-9]+/.*' } }], undefined]);
  });

  test('can be extended by what Istio offers for delegates', () => {
    const { cart, part } = delegated();
    part.addPath('/cart', to('cart'));
    part.delegateRoutes.addHttpRoute({ name: 'own', matches: [{ uri: StringMatch.prefix('/cart/own/') }], action: to('own') });
    expect(specOf(cart, 'VirtualService').http.map(({ name }: any) => name)).toEqual(['own', 'cart']);
  });

  test.each<[string, (all: ReturnType<typeof delegated>) => void, string]>([
    ['a pattern against a path, of which Istio merges none (E7)', ({ part }) => part.addPath('/cart/.*', to('a'), { pathType: PathType.REGEX }),
      "[second/Cart] path must not be a pattern, got '/cart/.*': Istio cannot merge it with the delegated path '/cart' and would drop it, add it to the shared host itself"],
    ['a path elsewhere', ({ part }) => part.addPath('/orders', to('a')),
      "[second/Cart] path must lie at or below '/cart', got path '/orders': Istio cannot merge it with the delegated path and would drop it"],
    ['a path that only begins with the same text', ({ part }) => part.addPath('/cartoon', to('a')), "[second/Cart] path must lie at or below '/cart', got path '/cartoon'"],
    ['a text that the exact half of the path cannot have (E7)', ({ part }) => part.addPath('/cart', to('a'), { pathType: PathType.PREFIX }),
      "[second/Cart] path must lie at or below '/cart', got prefix '/cart'"],
    ['the rest', ({ part }) => part.addPath('/', to('a')), "[second/Cart] path must lie at or below '/cart', got path '/'"],
    ['a second level of delegation', ({ part }) => part.addPath('/cart', HttpAction.delegateTo(DelegateRoutes.fromName('x'))),
      '[second/Cart] target must not delegate, Istio follows one level of delegation only'],
    ['claims of a token', ({ part }) => part.addPath('/cart', to('a'), { headers: { '@request.auth.claims.group': HeaderMatch.exact('x') } }),
      '[second/Cart] options.headers must not name claims of a JSON web token, Istio takes them only in a virtual service with gateways, add the path to the shared host itself'],
    ['claims of a token in a release', ({ part }) => part.addPath('/cart', {
      toHttpTargetConfig: () => ({ routes: [{ matches: [{ headers: { '@request.auth.claims.group': HeaderMatch.exact('x') } }], action: to('a') }, { action: to('b') }] }),
    }), '[second/Cart] options.headers must not name claims of a JSON web token'],
    ['a path twice', ({ part }) => {
      part.addPath('/cart', to('a'));
      part.addPath('/cart', to('b'));
    }, "[second/Cart] path '/cart' takes the same requests as path '/cart' of [second/Cart]"],
    ['a path that is delegated already', ({ shop, edge }) => shop.addPath(edge, '/cart', to('a')), "[first] path '/cart' takes the same requests as path '/cart' of [second/Cart]"],
    ['a path that is delegated twice', ({ shop, edge }) => new DelegatedPath(edge, 'Mine', { sharedHost: shop, path: '/cart' }),
      "[first/Mine] path '/cart' takes the same requests as path '/cart' of [second/Cart]"],
    ['a path that the root takes from it', ({ shop, edge, part }) => {
      shop.addPath(edge, '/cart/items', to('a'));
      part.addPath('/cart/items/1', to('b'), { pathType: PathType.EXACT });
    }, "[second/Cart] exact path '/cart/items/1' of [second/Cart] would never get a request, because path '/cart/items' of [first] comes first and takes them all, leave one out"],
    ['a path of the root that takes one from it', ({ shop, edge, part }) => {
      part.addPath('/cart/items/1', to('b'), { pathType: PathType.EXACT });
      shop.addPath(edge, '/cart/items', to('a'));
    }, "[first] exact path '/cart/items/1' of [second/Cart] would never get a request, because path '/cart/items' of [first] comes first"],
    ['a delegated path that takes one from it', ({ shop, edge, part }) => {
      part.addPath('/cart/items', to('b'));
      new DelegatedPath(edge, 'Items', { sharedHost: shop, path: '/cart/items' });
    }, "[first/Items] path '/cart/items' of [second/Cart] would never get a request, because path '/cart/items' of [first/Items] comes first"],
  ])('fails for %s', (_, add, message) => {
    expect(() => add(delegated())).toThrow(message);
  });

  test('shares a path with the root where methods tell them apart', () => {
    const { edge, cart, shop, part } = delegated();
    part.addPath('/cart/items', to('writes'), { methods: ['POST'] });
    shop.addPath(edge, '/cart/items', to('reads'), { methods: ['GET'] });
    expect(specOf(cart, 'VirtualService').http).toHaveLength(1);
    expect(walk(specOf(edge, 'VirtualService'), { path: '/cart/items', method: 'GET' })?.host).toBe('reads.reads.svc.cluster.local');
  });

  test.each<[string, object, string]>([
    ['no shared host', { sharedHost: undefined }, '[second/Cart] sharedHost must be made by new SharedHost(), got undefined'],
    ['no path', { path: undefined }, '[second/Cart] path must be given'],
    ['a slash at the end', { path: '/cart/' }, "[second/Cart] path must not end with '/', got '/cart/'"],
  ])('fails for %s', (_, props, message) => {
    expect(() => delegated('/cart', props)).toThrow(message);
  });

  test('fails where only one of the two namespaces is known', () => {
    const { first, second } = testCharts({ namespace: 'edge' });
    const shop = new SharedHost(first, 'Shop', { hosts: ['shop.example.com'], gateways: [gateway] });
    expect(() => new DelegatedPath(second, 'Cart', { sharedHost: shop, path: '/cart' })).toThrow(new Error(
      "[second/Cart] metadata.namespace must be known because that of the shared host is, got undefined here and 'edge' there, set it in metadata or in the chart"));
  });

  test('fails without a path', () => {
    const { edge } = delegated();
    expect(() => manifestsOf(edge)).toThrow('[second/Cart] delegated path has no path, call addPath()');
  });

  test('asks for the ports of its destinations', () => {
    const { cart, part } = delegated();
    part.addPath('/cart', HttpAction.forward(ServiceHost.fromName('cart')));
    expect(() => manifestsOf(cart)).toThrow("[second/Cart] path '/cart' of [second/Cart] goes to 'cart' without a port");
  });
});
