import { Command, InvalidArgumentError, Option } from 'commander';
import type { Console } from './console';
import type { ExitCode } from './exit-codes';
import { addMeshOptions } from './mesh-arguments';
import type { RouteArguments } from './route';

/**
 * The command `route`.
 *
 * @param request what stands behind `--`; undefined where there is no `--`
 */
export function routeCommand(console: Console, request: readonly string[] | undefined, done: (code: ExitCode) => void): Command {
  const command = new Command('route')
    .summary('tell where a request would go, and why')
    .description('Tells what Istio and Envoy would do with a request, from manifests alone: where it goes, and each route that was tried.')
    .usage('[options] <files...> -- [-X method] [-H header] <url>')
    .argument('<files...>', "YAML or JSON files, folders, patterns such as 'deploy/**/*.yaml', and - for what is piped in")
    .option('--from <client>', "who asks: a namespace 'shop', with labels 'shop/app=frontend', or a gateway 'gateway:edge/public' (default: namespace default)")
    .addOption(new Option('--port <port>', 'port of the gateway, where it is not that of the URL').argParser(number))
    .addOption(new Option('--draw <value>', 'draw one of several destinations, from 0 to below 100').argParser(number))
    .addOption(new Option('--format <format>', 'how the answer is written').choices(['text', 'json']).default('text'));
  return addMeshOptions(command)
    .addHelpText('after', `
Behind -- stands what curl would be called with: -X, -H, -b, -d, -A, -I and the URL.

Exit codes: 0 it goes somewhere or is answered, 1 nothing takes it or it goes nowhere, 2 wrong usage or something that cannot be read.

Examples:
  $ cdk8s-istio route dist/ -- http://reviews:9080/api
  $ cdk8s-istio route dist/ --from shop/app=frontend -- -X POST -H 'x-user: ann' http://orders/
  $ helm template shop ./chart | cdk8s-istio route - --from gateway:edge/public -- https://shop.example.com/cart`)
    .action(async (files: string[], options: RouteArguments) => {
      // loaded on first use: the other commands do not simulate
      const { route } = require('./route') as typeof import('./route');
      done(await route(files, options, request, console));
    });
}

function number(value: string): number {
  if (!/^\d+(\.\d+)?$/.test(value)) {
    throw new InvalidArgumentError('it must be a number');
  }
  return Number(value);
}
