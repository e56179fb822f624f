/** Which processes are nodes, and which of them are meant. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename, resolve } from 'node:path';

export interface ProcessLine {
  readonly pid: number;
  readonly words: readonly string[];
  /** Undefined where the system does not tell. */
  readonly directory: string | undefined;
}

export interface NodeProcess {
  readonly pid: number;
  /** What the node runs on; its file and what was set on its command line. */
  readonly properties: ReadonlyMap<string, string>;
}

export interface Wanted {
  readonly nodeId: string | undefined;
  readonly role: string | undefined;
}

/** This user's and others' processes, as far as the system shows them. */
export function listProcesses(): ProcessLine[] {
  if (process.platform !== 'linux') return listByPs();
  const lines: ProcessLine[] = [];
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const words = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0').slice(0, -1);
      if (words.length > 1) lines.push({ pid: Number(name), words, directory: directoryOf(name) });
    } catch (error) {
      // It ended meanwhile.
      if (!['ENOENT', 'ESRCH', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }
  return lines;
}

function directoryOf(pid: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

function listByPs(): ProcessLine[] {
  const text = execFileSync('ps', ['-axww', '-o', 'pid=,args='], { encoding: 'utf8', maxBuffer: 16 << 20 });
  return text.split('\n').flatMap((line) => {
    const match = /^\s*(\d+)\s+(.*)$/.exec(line);
    return match === null ? [] : [{ pid: Number(match[1]), words: match[2].split(' '), directory: undefined }];
  });
}

/**
 * The nodes among the processes: Node with the launcher `launcher` (an absolute path).
 *
 * @param read the entries of a properties file, empty where it is not there any more.
 */
export function nodesAmong(
  processes: readonly ProcessLine[],
  launcher: string,
  read: (path: string) => Map<string, string>,
): NodeProcess[] {
  const nodes: NodeProcess[] = [];
  for (const { pid, words, directory } of processes) {
    const pathOf = (word: string) => (directory === undefined ? resolve(word) : resolve(directory, word));
    const at = words.findIndex((word, index) => index > 0 && basename(word) === basename(launcher));
    if (at < 0 || !/^node/.test(basename(words[0])) || pathOf(words[at]) !== launcher) continue;
    const file = words[at + 1];
    const isFile = file !== undefined && !file.startsWith('-');
    const properties = isFile ? read(pathOf(file)) : new Map<string, string>();
    for (let index = at + 1; index < words.length; index++) {
      if (words[index] !== '--override') continue;
      const [key, ...value] = (words[index + 1] ?? '').split('=');
      properties.set(key.trim(), value.join('=').trim());
    }
    nodes.push({ pid, properties });
  }
  return nodes;
}

/** The nodes that are meant: all, those with the role, or the one with the id, which goes before the role. */
export function selectNodes(nodes: readonly NodeProcess[], { nodeId, role }: Wanted): NodeProcess[] {
  if (nodeId !== undefined) {
    return nodes.filter(({ properties }) => (properties.get('node.id') ?? properties.get('broker.id')) === nodeId);
  }
  if (role === undefined) return [...nodes];
  return nodes.filter(({ properties }) => {
    const roles = (properties.get('process.roles') ?? '').split(',').map((each) => each.trim());
    return roles.includes(role);
  });
}
