// one measurement in a process of its own: loads modules, prints milliseconds
const start = process.hrtime.bigint();
process.argv.slice(2).forEach(name => require(name));
console.log(Number(process.hrtime.bigint() - start) / 1e6);
