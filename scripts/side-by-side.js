// runs the projen tasks that the command line names at the same time, prints what each said when it ends, and fails if one of them failed
const { spawn } = require('child_process');

const projen = require.resolve('projen/bin/projen');

function run(task) {
  return new Promise(resolve => {
    const output = [];
    const child = spawn(process.execPath, [projen, task], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.on('data', chunk => output.push(chunk));
    child.stderr.on('data', chunk => output.push(chunk));
    child.on('error', error => output.push(Buffer.from(`${error.message}\n`)));
    child.on('close', code => {
      process.stdout.write(Buffer.concat(output));
      resolve(code === 0 ? [] : [task]);
    });
  });
}

Promise.all(process.argv.slice(2).map(run)).then(results => {
  const failed = results.flat();
  if (failed.length > 0) {
    process.stderr.write(`failed: ${failed.join(', ')}\n`);
    process.exitCode = 1;
  }
});
