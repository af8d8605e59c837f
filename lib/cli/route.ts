import type { Console } from './console';
import { readCurlArguments } from './curl-arguments';
import { ExitCode } from './exit-codes';
import { formatRouteJson } from './formats/route-json';
import { formatRouteText } from './formats/route-text';
import { findInputs, readInput, readStandardInput, STANDARD_INPUT } from './inputs';
import { MeshArguments, settingsOf } from './mesh-arguments';
import { readClient } from './route-client';
import { UsageError } from './usage-error';
import type { ManifestSource } from '../mesh/manifest';
import type { OutboundPolicy } from '../mesh-settings';
import { readManifests } from '../reading/manifest-text';
import { Traffic, TrafficOptions } from '../simulation/traffic';
import type { TrafficAnswer } from '../simulation/traffic-answer';
import { TrafficOutcome } from '../simulation/traffic-facts';

/** What the options of the command `route` say. */
export interface RouteArguments extends MeshArguments {
  readonly from?: string;
  readonly port?: number;
  readonly draw?: number;
  readonly format: string;
}

/** What the command says of a request that goes nowhere. */
const LOST: readonly TrafficOutcome[] = [TrafficOutcome.NOT_FOUND, TrafficOutcome.REFUSED, TrafficOutcome.UNREACHABLE];

/** Answers the question of the command line. */
export async function route(
  names: readonly string[], options: RouteArguments, request: readonly string[] | undefined, console: Console,
): Promise<ExitCode> {
  if (request === undefined) {
    throw new UsageError("the request is missing: write it behind --, such as 'cdk8s-istio route dist/ -- http://reviews/api'");
  }
  const question = { ...readCurlArguments(request), draw: options.draw };
  const client = readClient(options.from, options.port, options.namespace);
  const sources = await readSources(names, console);
  const answer = asking(() => Traffic._fromSources(sources, trafficOptions(options, console)).from(client).request(question));
  console.write(options.format === 'json' ? formatRouteJson(answer) : formatRouteText(answer));
  return LOST.includes(answer.outcome) ? ExitCode.FINDINGS : ExitCode.CLEAN;
}

function trafficOptions(options: RouteArguments, console: Console): TrafficOptions {
  const { clusterDomain, rootNamespace, outboundPolicy, dnsCapture, closedWorld, defaultNamespace, meshConfig } = settingsOf(options, console.folder);
  return { clusterDomain, rootNamespace, outboundPolicy: outboundPolicy as OutboundPolicy, dnsCapture, closedWorld, defaultNamespace, meshConfig };
}

async function readSources(names: readonly string[], console: Console): Promise<readonly ManifestSource[]> {
  const { files, unreadable } = findInputs(names, console.folder);
  const sources: ManifestSource[] = [];
  if (unreadable.length > 0) {
    throw new UsageError(`${unreadable[0].file}: ${unreadable[0].reason}`);
  }
  for (const file of files) {
    const input = file.file === STANDARD_INPUT ? await readStandardInput(console) : readInput(file, console.folder);
    if (input !== undefined && 'reason' in input) {
      throw new UsageError(`${input.file}: ${input.reason}`);
    }
    if (input !== undefined) {
      const { objects, problems } = readManifests(input.text);
      if (problems.length > 0) {
        throw new UsageError(`${input.file}:${problems[0].line}:${problems[0].column}: ${problems[0].message}`);
      }
      sources.push(...objects.map(({ manifest, line }) => ({ manifest, file: input.file, line })));
    }
  }
  return sources;
}

/** What the simulation refuses is a wrong question. */
function asking(ask: () => TrafficAnswer): TrafficAnswer {
  try {
    return ask();
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
