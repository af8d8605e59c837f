import { modelOf, proxyIn } from './experiments';
import type { Experiment } from './experiments';
import type { Proxy } from '../../../lib/mesh/proxy';
import { UNSPECIFIED } from '../../../lib/mesh/service-addresses';
import type { RandomMesh } from '../generators/mesh/mesh';
import { Entrance, randomQuestion } from '../generators/mesh/requests';
import type { Random } from '../generators/random';

/** The ports that occur in random meshes, and some others. */
export const PORTS = [80, 443, 465, 3306, 5432, 6379, 8080, 8081, 8200, 8443, 9000, 9001, 9080, 9100, 9443, 15443, 50051];

/** What clients of a proxy see. */
export function entrancesOf(proxy: Proxy): Entrance[] {
  return PORTS.flatMap(port => proxy.listenersOn(port).map(({ address, chains, defaultChain }): Entrance => {
    const all = defaultChain === undefined ? chains : [...chains, defaultChain];
    return {
      port,
      address: address === UNSPECIFIED || address.includes(':') ? undefined : address.split('/')[0],
      isTls: all.some(({ endsTls, sniHosts }) => endsTls || sniHosts !== undefined),
      isHttp: all.some(({ routeTable }) => routeTable !== undefined),
    };
  }));
}

/** Random questions to all proxies of a mesh. */
export function randomExperiments(random: Random, mesh: RandomMesh, questionsToEach: number): Experiment[] {
  const model = modelOf(mesh);
  return mesh.proxies.map(proxy => {
    const entrances = entrancesOf(proxyIn(model, proxy));
    return { mesh, proxy, questions: Array.from({ length: questionsToEach }, () => randomQuestion(random, mesh, proxy, entrances)) };
  });
}
