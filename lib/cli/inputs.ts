import { readdirSync, readFileSync, statSync } from 'fs';
import * as path from 'path';
import { globSync, isDynamicPattern } from 'tinyglobby';
import type { Console } from './console';

/** A text that may hold manifests. */
export interface Input {
  /** The file, as a person would name it from where the command was called. */
  readonly file: string;

  readonly text: string;
}

/** An input that cannot be read, and why. */
export interface UnreadableInput {
  readonly file: string;
  readonly reason: string;
}

/** A file to read. */
export interface InputFile {
  readonly file: string;

  /** Whether nobody named the file: it was found in a folder, which may hold anything. */
  readonly isFound: boolean;
}

/** What the arguments stand for. */
export interface InputFiles {
  readonly files: readonly InputFile[];
  readonly unreadable: readonly UnreadableInput[];
}

export const STANDARD_INPUT = '-';
export const STANDARD_INPUT_NAME = 'stdin';

const EXTENSIONS = ['yaml', 'yml', 'json'];
const IGNORED = ['**/node_modules/**'];
const MANIFEST = /apiVersion|kind/;

/** The files that arguments name: files themselves, folders with all that lies in them, patterns, and `-` for what is piped in. */
export function findInputs(arguments_: readonly string[], folder: string): InputFiles {
  const found = new Map<string, InputFile>();
  const unreadable: UnreadableInput[] = [];
  const add = (file: string, isFound: boolean) => {
    const key = file === STANDARD_INPUT ? file : path.resolve(folder, file);
    if (!found.has(key)) {
      found.set(key, { file, isFound });
    }
  };
  for (const argument of arguments_) {
    if (argument === STANDARD_INPUT) {
      add(argument, false);
      continue;
    }
    const files = filesOf(argument, folder);
    if (typeof files === 'string') {
      unreadable.push({ file: argument, reason: files });
    } else {
      files.forEach(file => add(file.file, file.isFound));
    }
  }
  return { files: [...found.values()], unreadable };
}

/** The files that one argument stands for, or why there are none. */
function filesOf(argument: string, folder: string): readonly InputFile[] | string {
  const absolute = path.resolve(folder, argument);
  try {
    if (!statSync(absolute).isDirectory()) {
      return [{ file: argument, isFound: false }];
    }
    // a folder that may not be listed would look empty
    readdirSync(absolute);
  } catch (error) {
    const matches = isMissing(error) && isDynamicPattern(argument) ? matching(argument, folder) : undefined;
    if (matches === undefined) {
      return reasonOf(error);
    }
    return matches.length > 0 ? matches.map(file => ({ file, isFound: false })) : 'no file matches this pattern';
  }
  const files = matching(`**/*.{${EXTENSIONS.join(',')}}`, absolute).map(file => ({ file: path.join(argument, file), isFound: true }));
  return files.length > 0 ? files : `there are no manifests in this folder, whose names end with ${EXTENSIONS.map(each => `.${each}`).join(', ')}`;
}

function matching(pattern: string, folder: string): string[] {
  return globSync([pattern.replaceAll('\\', '/')], { cwd: folder, ignore: IGNORED, expandDirectories: false, dot: false }).sort();
}

/** The text of a file; undefined where a file that nobody named does not look like manifests. */
export function readInput({ file, isFound }: InputFile, folder: string): Input | UnreadableInput | undefined {
  let content: Buffer;
  try {
    content = readFileSync(path.resolve(folder, file));
  } catch (error) {
    return { file, reason: reasonOf(error) };
  }
  const input = decode(file, content);
  return isFound && 'text' in input && !MANIFEST.test(input.text) ? undefined : input;
}

/** What is piped into the command. */
export async function readStandardInput({ input }: Console): Promise<Input | UnreadableInput> {
  const chunks: Buffer[] = [];
  for await (const chunk of input) {
    chunks.push(Buffer.from(chunk));
  }
  const read = decode(STANDARD_INPUT_NAME, Buffer.concat(chunks));
  return 'text' in read && read.text.trim() === '' ? { file: STANDARD_INPUT_NAME, reason: 'nothing was piped in' } : read;
}

/** The text of bytes, which in manifests is always UTF-8. */
export function decode(file: string, content: Buffer): Input | UnreadableInput {
  if ((content[0] === 0xff && content[1] === 0xfe) || (content[0] === 0xfe && content[1] === 0xff)) {
    return { file, reason: 'the text is encoded as UTF-16, but manifests are read as UTF-8: save it as UTF-8' };
  }
  if (content.includes(0)) {
    return { file, reason: 'this is not text but binary data' };
  }
  try {
    // a byte order mark at the beginning is left out
    return { file, text: new TextDecoder('utf-8', { fatal: true }).decode(content) };
  } catch {
    return { file, reason: 'the text is not valid UTF-8: save it as UTF-8' };
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
      return 'there is no such file or folder';
    case 'EACCES':
    case 'EPERM':
      return 'it may not be read (permission denied)';
    default:
      return message.replace(/^[A-Z]+: /, '').replace(/, \w+( '.*')?$/, '');
  }
}
