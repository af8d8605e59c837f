import { Chart } from 'cdk8s';
import { walk } from './route-walk';
import { HttpAction, IngressRoute, IngressRouteProps, ServiceHost } from '../../lib';
import { specOf } from '../util';

/** An action that sends to a service on port 8080. */
export function to(name: string): HttpAction {
  return HttpAction.forward(ServiceHost.fromName(name, { port: 8080 }));
}

/** A route for `shop.example.com`, or as it is said. */
export function ingress(chart: Chart, props: Partial<IngressRouteProps> = {}): IngressRoute {
  return new IngressRoute(chart, 'Shop', { hosts: ['shop.example.com'], ...props });
}

/** The http routes of the only virtual service. */
export function routesOf(chart: Chart): any[] {
  return specOf(chart, 'VirtualService').http;
}

/** Which route of the only virtual service takes a request, and what it does. */
export function answerOf(chart: Chart, path: string, rest: object = {}) {
  return walk(specOf(chart, 'VirtualService'), { path, ...rest });
}
