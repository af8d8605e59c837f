import { once } from 'events';
import { existsSync } from 'fs';
import { CLEAN, WARNED, WRONG_WEIGHT } from './manifests';
import { Program } from './program';

describe('the program', () => {
  let program: Program;
  beforeAll(() => program = new Program());
  afterAll(() => program.remove());

  test('ends with 0 and says so where nothing is wrong', () => {
    program.write('clean.yaml', CLEAN);
    expect(program.run(['check', 'clean.yaml'])).toEqual({ code: 0, output: '', messages: 'nothing found in 1 object of 1 file\n' });
  });

  test('ends with 1 and names the line of the property that is wrong', () => {
    program.write('wrong.yaml', `${CLEAN}---\n${WRONG_WEIGHT}`);
    const { code, output, messages } = program.run(['check', 'wrong.yaml']);
    expect(code).toBe(1);
    expect(output).toMatch(/^wrong\.yaml:26:11: error IST0106\/type VirtualService shop\/ratings spec\.http\[0\]\.route\[0\]\.weight\n {4}must be an integer/);
    expect(messages).toContain('1 error in 2 objects of 1 file\n');
  });

  test('ends with 1 for a warning where --fail-on asks for it, and shows it in either case', () => {
    program.write('warned.yaml', WARNED);
    const [lenient, strict] = [['check', 'warned.yaml'], ['check', 'warned.yaml', '--fail-on', 'warning']].map(args => program.run(args));
    expect(lenient).toMatchObject({ code: 0, output: expect.stringContaining('warned.yaml:13:7: warning IST0130/VS30') });
    expect(strict).toEqual({ ...lenient, code: 1 });
  });

  test('ends with 2 for what cannot be read, and checks the rest', () => {
    program.write('broken.yaml', `a: b: c\n---\n${WRONG_WEIGHT}`);
    const { code, output } = program.run(['check', 'broken.yaml']);
    expect(code).toBe(2);
    expect(output).toContain('broken.yaml:1:5: unreadable\n');
    expect(output).toContain('broken.yaml:15:11: error IST0106/type');
  });

  test('reads what is piped in', () => {
    expect(program.run(['check', '-'], WRONG_WEIGHT)).toMatchObject({ code: 1, output: expect.stringContaining('stdin:13:11: error') });
  });

  test.each(['text', 'json', 'sarif', 'github'])('writes %s to standard output, and nothing else', format => {
    program.write('wrong.yaml', WRONG_WEIGHT);
    const { code, output, messages } = program.run(['check', 'wrong.yaml', '--format', format]);
    expect(code).toBe(1);
    expect(output).toContain('IST0106/type');
    expect(messages).toMatch(/^\n?1 error in 1 object of 1 file\n$/);
    if (format === 'json' || format === 'sarif') {
      expect(() => JSON.parse(output)).not.toThrow();
    }
  });

  (existsSync('/proc/self/mem') ? test : test.skip)('names a file that the system cannot read', () => {
    // reading the memory of a process where nothing is mapped is an error of the device, for every user
    expect(program.run(['check', '/proc/self/mem'])).toMatchObject({ code: 2, output: expect.stringMatching(/^\/proc\/self\/mem: unreadable\n {4}\S/) });
  });

  test('ends quietly with its exit code where whoever reads the results has seen enough', async () => {
    program.write('many.yaml', Array.from({ length: 1500 }, (_, index) => WRONG_WEIGHT.replace('name: ratings', `name: ratings-${index}`)).join('---\n'));
    const child = program.start(['check', 'many.yaml', '--format', 'json']);
    child.stdout.once('data', () => child.stdout.destroy());
    let messages = '';
    child.stderr.on('data', data => messages += data);
    const [code] = await once(child, 'close');
    expect({ code, messages }).toEqual({ code: 1, messages: expect.stringMatching(/^1500 errors.* in 1500 objects of 1 file\n$/) });
  });

  test('is ended by an interrupt, with no half of a report', async () => {
    const child = program.start(['check', '-']);
    child.stdin.write(WRONG_WEIGHT);
    let output = '';
    child.stdout.on('data', data => output += data);
    // node is up as soon as it has opened the pipe; until then an interrupt ends it just the same
    await new Promise(resolve => setTimeout(resolve, 300));
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([null, 'SIGINT']);
    expect(output).toBe('');
  });

  test('ends with 2 for wrong usage, and says how to use it', () => {
    expect(program.run(['check', 'clean.yaml', '--format', 'xml'])).toMatchObject({ code: 2, messages: expect.stringContaining('Allowed choices are text, json, sarif, github') });
  });
});
