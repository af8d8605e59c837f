import type { Console } from '../../lib/cli/console';
import { ProgressBar } from '../../lib/cli/progress-bar';

function shown(isErrorTerminal: boolean, work: (bar: ProgressBar, pass: (milliseconds: number) => void) => void): string {
  let text = '';
  let now = 0;
  const console = { isErrorTerminal, errorColumns: 40, writeError: (more: string) => text += more } as unknown as Console;
  work(new ProgressBar(console, 4, () => now), milliseconds => now += milliseconds);
  return text;
}

test('long work on a terminal shows how far it has come, and leaves no trace', () => {
  expect(shown(true, (bar, pass) => {
    pass(400);
    bar.advance('a.yaml');
    pass(10);
    bar.advance('b.yaml');
    pass(100);
    bar.advance('c.yaml');
    bar.clear();
  })).toBe(`\r\u001b[2K${'░'.repeat(24)} 0/4 a.yaml\r\u001b[2K${'█'.repeat(12)}${'░'.repeat(12)} 2/4 c.yaml\r\u001b[2K`);
});

test.each([
  ['short work', true, 100],
  ['work that nobody watches', false, 1000],
])('%s shows nothing', (_, isTerminal, milliseconds) => {
  expect(shown(isTerminal, (bar, pass) => {
    pass(milliseconds);
    bar.advance('a.yaml');
    bar.clear();
  })).toBe('');
});
