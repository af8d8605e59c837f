import { ChildProcessWithoutNullStreams, spawn } from 'child_process';
import { existsSync } from 'fs';
import * as path from 'path';
import { createInterface } from 'readline';

/** The binary. */
export const ORACLE = path.join(__dirname, 'oracle', 'bin', 'oracle');

/** The CRDs that `verdict` needs: those that ISTIO_CRDS names, or the shared ones. */
export function crdFile(): string {
  const named = process.env.ISTIO_CRDS;
  if (named !== undefined && !existsSync(named)) {
    throw new Error(`ISTIO_CRDS names ${JSON.stringify(named)}, which is absent`);
  }
  return named ?? path.resolve(__dirname, '..', '..', '..', 'shared', 'crds', 'istio-1.31.4.yaml');
}

export function isOracleThere(): boolean {
  return existsSync(ORACLE);
}

/** What the oracle says of one object. */
export interface Verdict {
  readonly error?: string;
  readonly panic?: string;
  readonly decodeError?: string;
  readonly schema: { readonly errors: readonly string[] };
  readonly metadata: { readonly errors: readonly string[] };
  readonly webhook: { readonly errors: readonly string[]; readonly warnings: readonly string[]; readonly decodeError?: string };
  readonly unknownFields?: readonly string[];
}

interface Waiting {
  readonly resolve: (answer: any) => void;
  readonly reject: (error: Error) => void;
}

/** The real Istio in a process of its own, which answers in the order in which it is asked. */
export class Oracle {
  public static start(subcommand: string, args: readonly string[] = [], environment: { readonly [name: string]: string } = {}): Oracle {
    if (!isOracleThere()) {
      throw new Error(`${ORACLE} is missing: build it with "go build -o bin/oracle ." in test/conformance/oracle`);
    }
    return new Oracle(spawn(ORACLE, [subcommand, ...args], { env: { ...process.env, ...environment } }));
  }

  private readonly waiting: Waiting[] = [];
  private lastWords = '';

  private constructor(private readonly child: ChildProcessWithoutNullStreams) {
    createInterface({ input: child.stdout }).on('line', line => this.waiting.shift()!.resolve(JSON.parse(line)));
    child.stderr.on('data', data => {
      this.lastWords = (this.lastWords + data).slice(-2000);
    });
    child.stdin.on('error', () => undefined);
    child.on('exit', code => this.waiting.splice(0).forEach(({ reject }) => reject(new Error(`the oracle ended with ${code}: ${this.lastWords}`))));
  }

  /** The answers to some questions, such as `{ object }`, in their order. */
  public ask<A>(questions: readonly object[]): Promise<A[]> {
    const answers = questions.map((question, id) => new Promise<A>((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      this.child.stdin.write(JSON.stringify({ id, ...question }) + '\n');
    }));
    return Promise.all(answers);
  }

  public stop(): void {
    this.child.stdin.end();
  }
}
