// one measurement in a process of its own: loads modules and touches the classes of a plain program, prints milliseconds
const start = process.hrtime.bigint();
const [, library] = process.argv.slice(2).map(name => require(name));
if (library !== undefined) {
  const { DestinationRule, Gateway, HttpAction, ServiceEntry, ServiceHost, VirtualService, networking } = library;
  [DestinationRule, Gateway, HttpAction, ServiceEntry, ServiceHost, VirtualService, networking].forEach(value => value.name);
}
console.log(Number(process.hrtime.bigint() - start) / 1e6);
