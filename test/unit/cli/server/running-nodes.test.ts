import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nodesAmong, selectNodes } from '../../../../cli/server/running-nodes.ts';

const launcher = '/opt/millrace/bin/millrace.js';
const files: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '/etc/one.properties': { 'node.id': '1', 'process.roles': 'broker,controller' },
  '/srv/two.properties': { 'broker.id': '2', 'process.roles': 'broker' },
  '/etc/three.properties': { 'node.id': '3', 'process.roles': 'controller' },
};
const read = (path: string) => new Map(Object.entries(files[path] ?? {}));
const line = (pid: number, text: string, directory?: string) => ({ pid, words: text.split(' '), directory });

const processes = [
  line(10, `/usr/bin/node ${launcher} /etc/one.properties`, '/'),
  line(11, 'node bin/../bin/millrace.js two.properties'.replace('bin/../', '/opt/millrace/'), '/srv'),
  line(12, '/x/node --max-old-space-size=100 bin/millrace.js /etc/three.properties', '/opt/millrace'),
  line(13, `node ${launcher} /etc/one.properties --override node.id=13 --override process.roles=broker`, '/'),
  line(14, `node ${launcher} /gone.properties`, '/'),
  line(15, `node ${launcher} --override node.id=15`),
  line(20, 'node /other/bin/millrace.js /etc/one.properties', '/'),
  line(21, `vi ${launcher}`, '/'),
  line(22, 'node bench.js bin/millrace.jsx', '/opt/millrace'),
  line(23, '/bin/sh -c true', '/'),
];
const nodes = nodesAmong(processes, launcher, read);
const pids = (nodeId?: string, role?: string) => selectNodes(nodes, { nodeId, role }).map(({ pid }) => pid);

test('nodes of this installation are found among all processes, and no others', () => {
  assert.deepEqual(pids(), [10, 11, 12, 13, 14, 15]);
});

test('a role or an id chooses among them; what the command line sets goes before the file', () => {
  assert.deepEqual(pids('1'), [10]);
  assert.deepEqual(pids('2'), [11]);
  assert.deepEqual(pids('13', 'controller'), [13], 'the id alone decides');
  assert.deepEqual(pids('15'), [15]);
  assert.deepEqual(pids('99'), []);
  assert.deepEqual(pids(undefined, 'controller'), [10, 12]);
  assert.deepEqual(pids(undefined, 'broker'), [10, 11, 13]);
});
