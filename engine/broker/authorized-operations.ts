/** What may be done to a kind of resource, by the codes of AclOperation, as a bit field (KIP-430). */
const operations = {
  read: 3,
  write: 4,
  create: 5,
  delete: 6,
  alter: 7,
  describe: 8,
  clusterAction: 9,
  describeConfigs: 10,
  alterConfigs: 11,
  idempotentWrite: 12,
} as const;

const supported = {
  cluster: ['create', 'alter', 'describe', 'clusterAction', 'describeConfigs', 'alterConfigs', 'idempotentWrite'],
  group: ['read', 'delete', 'describe', 'describeConfigs', 'alterConfigs'],
  topic: ['read', 'write', 'create', 'delete', 'alter', 'describe', 'describeConfigs', 'alterConfigs'],
} as const;

/** Without an authorizer everybody may do everything that the resource knows. */
export function operationBits(resource: keyof typeof supported): number {
  return supported[resource].reduce((bits, name) => bits | (1 << operations[name]), 0);
}
