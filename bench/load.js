// one measurement in a process of its own: loads modules, prints milliseconds of processor time
const start = process.cpuUsage();
process.argv.slice(2).forEach(name => require(name));
const { user, system } = process.cpuUsage(start);
console.log((user + system) / 1000);
