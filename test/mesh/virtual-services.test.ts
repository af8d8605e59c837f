import { modelOf } from './corpus';
import { MeshModel } from '../../lib/mesh/model';

const virtualService = (name: string, namespace: string, spec: string, metadata = ''): string =>
  `{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: ${name}, namespace: ${namespace}, ${metadata}}, spec: ${spec}}\n---\n`;

const TO_A = 'route: [{destination: {host: a}}]';

test('names are completed with the namespace of the object', () => {
  const { virtualServices } = modelOf(virtualService('v', 'n', `
    {hosts: [a, b.n, '*.c.org'], gateways: [g, other/g, mesh, h.x], http: [{match: [{gateways: [g, mesh]}],
     route: [{destination: {host: a}}, {destination: {host: b.other}}], mirror: {host: c}, mirrors: [{destination: {host: d}}]}],
     tls: [{match: [{sniHosts: [a], gateways: [g]}], ${TO_A}}], tcp: [{${TO_A}}]}`));
  const [{ hosts, gateways, http, tls, tcp }] = virtualServices.all;
  expect([hosts, gateways]).toEqual([['a.n.svc.cluster.local', 'b.n', '*.c.org'], ['n/g', 'other/g', 'mesh', 'x/h']]);
  expect(http[0].spec).toMatchObject({
    match: [{ gateways: ['n/g', 'mesh'] }],
    route: [{ destination: { host: 'a.n.svc.cluster.local' } }, { destination: { host: 'b.other' } }],
    mirror: { host: 'c.n.svc.cluster.local' },
    mirrors: [{ destination: { host: 'd.n.svc.cluster.local' } }],
  });
  expect(tls[0]).toMatchObject({ match: [{ sniHosts: ['a'], gateways: ['n/g'] }], route: [{ destination: { host: 'a.n.svc.cluster.local' } }] });
  expect(tcp[0].route).toEqual([{ destination: { host: 'a.n.svc.cluster.local' } }]);
});

test('both spellings of the percentage of a mirror are one', () => {
  const { virtualServices } = modelOf(virtualService('v', 'n', '{hosts: [a.org], http: [{mirror: {host: b.org}, mirror_percent: 5}, {mirror: {host: b.org}, mirrorPercent: 6}]}'));
  expect(virtualServices.all[0].http.map(({ spec }) => spec.mirrorPercent)).toEqual([5, 6]);
});

test('the targets are all hosts that it sends to, with the clients they are for', () => {
  const { virtualServices } = modelOf(virtualService('v', 'n', `
    {hosts: [a.org], http: [{match: [{sourceNamespace: x}, {}], route: [{destination: {host: a, port: {number: 80}}}], mirror: {host: b}}], tcp: [{${TO_A}}]}`));
  expect(virtualServices.all[0].targets).toEqual([
    { host: 'a.n.svc.cluster.local', port: 80, sourceNamespaces: ['x'] },
    { host: 'b.n.svc.cluster.local', port: 0, sourceNamespaces: ['x'] },
    { host: 'a.n.svc.cluster.local', port: 0, sourceNamespaces: [] },
  ]);
});

describe('the VirtualServices of a gateway', () => {
  const at = (hour: number): string => `creationTimestamp: '2026-01-01T0${hour}:00:00Z'`;
  const spec = (exportTo: string): string => `{hosts: [a.org], gateways: [ns/g], http: [{${TO_A}}]${exportTo === '' ? '' : `, exportTo: [${exportTo}]`}}`;
  const { virtualServices } = modelOf(
    virtualService('public-young', 'n', spec(''), at(5)) + virtualService('public-old', 'x', spec('\'*\''), at(1))
    + virtualService('private', 'ns', spec('.'), at(9)) + virtualService('named', 'x', spec('ns, x'), at(8))
    + virtualService('elsewhere', 'x', spec('x'), at(0)) + virtualService('none', 'ns', spec('\'~\''), at(0))
    + virtualService('mesh-only', 'ns', `{hosts: [a.org], http: [{${TO_A}}]}`, at(0)));
  const namesOf = (list: readonly { name: string }[]): string[] => list.map(({ name }) => name);

  test('are those exported to the namespace only, then by name, then the public ones, each the oldest first', () => {
    expect(namesOf(virtualServices.bound('ns/g', 'ns'))).toEqual(['private', 'named', 'public-old', 'public-young']);
  });

  test('are others for a proxy of another namespace', () => {
    expect(namesOf(virtualServices.bound('ns/g', 'x'))).toEqual(['elsewhere', 'named', 'public-old', 'public-young']);
    expect(namesOf(virtualServices.bound('mesh', 'x'))).toEqual(['mesh-only']);
  });

  test('are found by resource and by name', () => {
    const model = modelOf(virtualService('v', 'n', `{hosts: [a.org], http: [{${TO_A}}]}`) + virtualService('leaf', 'n', `{http: [{${TO_A}}]}`));
    const [root, leaf] = model.resources.virtualServices;
    expect([model.virtualServices.of(root)?.key, model.virtualServices.of(leaf)]).toEqual(['n/v', undefined]);
    expect([model.virtualServices.find('n/v')?.resource, model.virtualServices.delegates.get('n/leaf')?.resource]).toEqual([root, leaf]);
  });
});

describe('a delegate', () => {
  const root = (http: string): string => virtualService('root', 'default', `{hosts: [a.com], http: [${http}]}`);
  const leaf = (http: string, exportTo = ''): string => virtualService('leaf', 'default', `{http: [${http}]${exportTo}}`);
  const httpOf = (model: MeshModel) => model.virtualServices.find('default/root')!.http;
  const mergedMatches = (rootMatch: string, leafMatch: string): unknown =>
    httpOf(modelOf(root(`{match: [${rootMatch}], delegate: {name: leaf}}`) + leaf(`{match: [${leafMatch}], ${TO_A}}`))).map(({ matches }) => matches);

  test('puts its routes in the place of the route that delegates', () => {
    const model = modelOf(root(`{name: first, ${TO_A}}, {name: r, delegate: {name: leaf}}, {name: last, ${TO_A}}`) + leaf(`{name: x, ${TO_A}}, {${TO_A}}`));
    expect(httpOf(model).map(({ name, index, delegate }) => [name, index, delegate?.index])).toEqual([
      ['first', 0, undefined], ['r-x', 1, 0], ['r', 1, 1], ['last', 2, undefined],
    ]);
  });

  test.each([
    ['{name: leaf, namespace: other}', leaf(`{${TO_A}}`), 'missing-delegate', 'other/leaf'],
    ['{name: gone}', leaf(`{${TO_A}}`), 'missing-delegate', 'default/gone'],
    ['{name: root}', leaf(`{${TO_A}}`), 'delegate-with-hosts', 'default/root'],
    ['{name: leaf}', leaf(`{${TO_A}}`, ', exportTo: [other]'), 'hidden-delegate', 'default/leaf'],
  ])('%s that cannot be had loses the route and no other', (delegate, others, reason, key) => {
    const model = modelOf(root(`{delegate: ${delegate}}, {name: rest, ${TO_A}}`) + others);
    expect(httpOf(model).map(({ name }) => name)).toEqual(['rest']);
    expect(model.virtualServices.find('default/root')!.lost).toEqual([{ index: 0, reason, delegate: key }]);
  });

  test('of another namespace may be exported to that of the root', () => {
    const model = modelOf(root('{delegate: {name: leaf, namespace: x}}') + virtualService('leaf', 'x', `{http: [{name: l, ${TO_A}}], exportTo: [default]}`));
    expect(httpOf(model).map(({ name, spec }) => [name, spec.route])).toEqual([['l', [{ destination: { host: 'a.x.svc.cluster.local' } }]]]);
  });

  test('has its matches combined with each of the root that they fit', () => {
    const model = modelOf(root('{match: [{uri: {prefix: /x}, name: rx}, {uri: {prefix: /y}, name: ry}], delegate: {name: leaf}}')
      + leaf(`{match: [{uri: {prefix: /x/1}, name: m1}, {headers: {h: {exact: '1'}}, name: mh}], ${TO_A}}`));
    const [route] = httpOf(model);
    expect(route.matches.map(({ name, uri }) => [name, uri])).toEqual([
      ['rx-m1', { prefix: '/x/1' }], ['rx-mh', { prefix: '/x' }], ['ry-mh', { prefix: '/y' }],
    ]);
    expect(route.delegate!.matches).toEqual([{ root: 0, delegate: 0 }, { root: 0, delegate: 1 }, { root: 1, delegate: 1 }]);
  });

  test('loses a route one of whose matches fits none of the root', () => {
    const model = modelOf(root('{match: [{uri: {prefix: /x}}], delegate: {name: leaf}}')
      + leaf(`{match: [{uri: {prefix: /x/1}}, {uri: {prefix: /y}}], ${TO_A}}, {name: kept, ${TO_A}}`));
    expect(httpOf(model).map(({ name }) => name)).toEqual(['kept']);
    expect(model.virtualServices.find('default/root')!.lost).toEqual([{ index: 0, delegate: 'default/leaf', delegateIndex: 0, reason: 'conflicting-match' }]);
  });

  test.each([
    ['{uri: {prefix: /x}}', '{uri: {prefix: /xy}}'],
    ['{uri: {prefix: /x}}', '{uri: {exact: /xy}}'],
    ['{uri: {exact: /x}}', '{uri: {exact: /x}}'],
    ['{headers: {a: {exact: \'1\'}}}', '{headers: {b: {exact: \'2\'}}}'],
    ['{port: 80}', '{port: 80}'],
    ['{port: 80}', '{}'],
    ['{sourceNamespace: x}', '{sourceNamespace: x}'],
    ['{sourceLabels: {a: \'1\'}}', '{sourceLabels: {b: \'2\'}}'],
    ['{gateways: [g, h]}', '{gateways: [g]}'],
    ['{gateways: [g]}', '{}'],
    ['{ignoreUriCase: true}', '{ignoreUriCase: true}'],
    ['{uri: {regex: /x}}', '{method: {exact: GET}}'],
  ])('%s of the root and %s of the delegate fit', (rootMatch, leafMatch) => {
    expect(mergedMatches(rootMatch, leafMatch)).toHaveLength(1);
  });

  test.each([
    ['{uri: {prefix: /x}}', '{uri: {prefix: /}}'],
    ['{uri: {prefix: /x}}', '{uri: {exact: /}}'],
    ['{uri: {exact: /x}}', '{uri: {prefix: /x}}'],
    ['{uri: {exact: /x}}', '{uri: {exact: /y}}'],
    ['{uri: {exact: /x}}', '{uri: {}}'],
    ['{uri: {}}', '{uri: {exact: /x}}'],
    ['{uri: {regex: /x}}', '{uri: {regex: /x}}'],
    ['{uri: {prefix: /x}}', '{uri: {regex: /x}}'],
    ['{headers: {a: {exact: \'1\'}}}', '{headers: {a: {exact: \'2\'}}}'],
    ['{withoutHeaders: {a: {}}}', '{withoutHeaders: {a: {}}}'],
    ['{queryParams: {a: {exact: \'1\'}}}', '{queryParams: {a: {}}}'],
    ['{port: 80}', '{port: 81}'],
    ['{sourceNamespace: x}', '{}'],
    ['{sourceLabels: {a: \'1\'}}', '{sourceLabels: {a: \'2\'}}'],
    ['{gateways: [g]}', '{gateways: [g, h]}'],
    ['{gateways: [g]}', '{gateways: [h]}'],
    ['{}', '{ignoreUriCase: true}'],
  ])('%s of the root and %s of the delegate do not', (rootMatch, leafMatch) => {
    expect(mergedMatches(rootMatch, leafMatch)).toEqual([]);
  });

  test('where one side has no match the other counts', () => {
    const only = (rootMatch: string, leafMatch: string): unknown =>
      httpOf(modelOf(root(`{${rootMatch} delegate: {name: leaf}}`) + leaf(`{${leafMatch} ${TO_A}}`)))[0].matches;
    expect([only('match: [{port: 80}],', ''), only('', 'match: [{port: 81}],'), only('', '')]).toEqual([[{ port: 80 }], [{ port: 81 }], []]);
  });

  test('keeps its own settings whole and takes those of the root where it has none', () => {
    const model = modelOf(root('{rewrite: {uri: /r, authority: root}, timeout: 1s, retries: {attempts: 1}, mirror: {host: m}, headers: {request: {set: {a: root}}}, delegate: {name: leaf, namespace: x}}')
      + virtualService('leaf', 'x', `{http: [{rewrite: {uri: /l}, timeout: 2s, mirrors: [], ${TO_A}}]}`));
    expect(httpOf(model)[0].spec).toEqual({
      match: [],
      rewrite: { uri: '/l' },
      timeout: '2s',
      retries: { attempts: 1 },
      mirror: { host: 'm.default.svc.cluster.local' },
      headers: { request: { set: { a: 'root' } } },
      route: [{ destination: { host: 'a.x.svc.cluster.local' } }],
    });
  });

  test('that delegates on is taken as it is, one level deep', () => {
    const model = modelOf(root('{name: r, delegate: {name: leaf}}') + leaf('{name: l, delegate: {name: leaf}}'));
    expect(httpOf(model).map(({ name, spec }) => [name, spec.delegate, spec.route])).toEqual([['r-l', { name: 'leaf' }, undefined]]);
  });
});
