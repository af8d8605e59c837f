import type { ConnectionPool } from '../../connection-pool';
import type { HashAlgorithm, HashKey } from '../../hash-key';
import { LoadBalancer } from '../../load-balancer';
import type { LocalityLoadBalancing } from '../../locality';
import type { OutlierDetection } from '../../outlier-detection';
import type { TrafficPolicy } from '../../traffic-policy';

/** One thing that a traffic policy says, and the preset that says it. */
export interface Answer {
  readonly source: string;
  readonly question: string;
  readonly answer: unknown;
}

export type Answers = readonly Answer[];

/** The parts of a policy that are structs, in which each field is a question of its own. */
const STRUCTS = ['connectionPool', 'outlierDetection', 'tcp', 'http'];

/** What a policy says, question by question. */
export function answersOf(source: string, policy: object, prefix = ''): Answers {
  return Object.entries(policy).filter(([, answer]) => answer !== undefined).flatMap(([name, answer]) => {
    const question = prefix + name;
    return STRUCTS.includes(name) ? answersOf(source, answer, `${question}.`) : [{ source, question, answer }];
  });
}

/** All answers, each question once. */
export function combineAnswers(all: readonly Answers[]): Answers {
  const byQuestion = new Map<string, Answer>();
  for (const answer of all.flat()) {
    const earlier = byQuestion.get(answer.question) ?? rivalOf(answer.question, byQuestion);
    if (earlier !== undefined && !(earlier.question === answer.question && isSame(earlier.answer, answer.answer))) {
      throw new Error(`${earlier.source} and ${answer.source} both say ${answer.question}, say it in one of them`);
    }
    byQuestion.set(answer.question, answer);
  }
  return [...byQuestion.values()];
}

/** A whole load balancer leaves no question about its parts. */
function rivalOf(question: string, answers: ReadonlyMap<string, Answer>): Answer | undefined {
  return question === 'loadBalancer'
    ? answers.get('loadBalancer.algorithm') ?? answers.get('loadBalancer.locality')
    : question.startsWith('loadBalancer.') ? answers.get('loadBalancer') : undefined;
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** The policy that the answers make. */
export function policyOf(answers: Answers): TrafficPolicy {
  const said = new Map(answers.map(({ question, answer }) => [question, answer]));
  const struct = (prefix: string) => {
    const fields = answers
      .filter(({ question }) => question.startsWith(prefix))
      .map(({ question, answer }) => [question.slice(prefix.length), answer]);
    return fields.length === 0 ? undefined : Object.fromEntries(fields);
  };
  const pool: ConnectionPool = { tcp: struct('connectionPool.tcp.'), http: struct('connectionPool.http.') };
  return {
    loadBalancer: loadBalancerOf(said),
    connectionPool: pool.tcp === undefined && pool.http === undefined ? undefined : pool,
    outlierDetection: struct('outlierDetection.') as OutlierDetection | undefined,
    tls: said.get('tls') as TrafficPolicy['tls'],
    transport: said.get('transport') as TrafficPolicy['transport'],
    retryBudget: said.get('retryBudget') as TrafficPolicy['retryBudget'],
  };
}

function loadBalancerOf(said: ReadonlyMap<string, unknown>): LoadBalancer | undefined {
  const locality = said.get('loadBalancer.locality') as LocalityLoadBalancing | undefined;
  const sticky = said.get('loadBalancer.algorithm') as { readonly key: HashKey; readonly algorithm?: HashAlgorithm } | undefined;
  if (sticky !== undefined) {
    return LoadBalancer.consistentHash(sticky.key, { algorithm: sticky.algorithm, locality });
  }
  return locality === undefined ? said.get('loadBalancer') as LoadBalancer | undefined : LoadBalancer.defaultAlgorithm({ locality });
}
