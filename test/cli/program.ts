import { execFileSync, spawn, spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

const ROOT = path.resolve(__dirname, '..', '..');

/** What a run of the program has come to. */
export interface Run {
  readonly code: number | null;
  readonly output: string;
  readonly messages: string;
}

/** The command line as a program of its own, in a folder of its own. */
export class Program {
  public readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-istio-cli-'));
  public readonly file = path.join(this.folder, '.program', 'cdk8s-istio.js');

  constructor() {
    execFileSync(process.execPath, [path.join(ROOT, 'scripts', 'bundle-cli.js'), this.file], { stdio: 'pipe' });
  }

  public write(name: string, content: string | Buffer): string {
    const file = path.join(this.folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
    return name;
  }

  public run(args: readonly string[], input?: string): Run {
    const { status, stdout, stderr } = spawnSync(process.execPath, [this.file, ...args], { cwd: this.folder, input: input ?? '', encoding: 'utf-8', env: this.environment });
    return { code: status, output: stdout, messages: stderr };
  }

  /** Starts the program, for what happens while it runs. */
  public start(args: readonly string[]) {
    return spawn(process.execPath, [this.file, ...args], { cwd: this.folder, env: this.environment });
  }

  public remove(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  private get environment(): NodeJS.ProcessEnv {
    const { FORCE_COLOR, NO_COLOR, ...environment } = process.env;
    return environment;
  }
}
