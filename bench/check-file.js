// writes the file that the command is measured on: node check-file.js FILE PAIRS
const fs = require('fs');
const { Yaml } = require('cdk8s');
const { appOf } = require('./pairs');

const [file, pairs] = process.argv.slice(2);
const objects = appOf('l1', Number(pairs)).charts[0].toJson();
fs.writeFileSync(file, Yaml.stringify(...objects));
console.log(JSON.stringify({ bytes: fs.statSync(file).size, objects: objects.length }));
