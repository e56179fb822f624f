import type { AccessControlEntryRecord } from '../../protocol/generated/access-control-entry-record.js';
import type { ClientQuotaRecord } from '../../protocol/generated/client-quota-record.js';
import type { DelegationTokenRecord } from '../../protocol/generated/delegation-token-record.js';
import type { RemoveAccessControlEntryRecord } from '../../protocol/generated/remove-access-control-entry-record.js';
import type { RemoveDelegationTokenRecord } from '../../protocol/generated/remove-delegation-token-record.js';
import type { RemoveUserScramCredentialRecord } from '../../protocol/generated/remove-user-scram-credential-record.js';
import type { UserScramCredentialRecord } from '../../protocol/generated/user-scram-credential-record.js';
import { type MetadataRecord, recordKey } from '../metadata-record.ts';
import type { ImageState } from './image-state.ts';

/** Records whose latest is all there is to know: kept as they came, under what they are the latest of. */
export function replayRetained(state: ImageState, record: MetadataRecord): boolean {
  const message = record.message as never;
  switch (record.apiKey) {
    case recordKey.accessControlEntry:
      state.retained.set(`acl:${(message as AccessControlEntryRecord).id}`, record);
      return true;
    case recordKey.removeAccessControlEntry:
      state.retained.delete(`acl:${(message as RemoveAccessControlEntryRecord).id}`);
      return true;
    case recordKey.userScramCredential:
      state.retained.set(scramKey(message as UserScramCredentialRecord), record);
      return true;
    case recordKey.removeUserScramCredential:
      state.retained.delete(scramKey(message as RemoveUserScramCredentialRecord));
      return true;
    case recordKey.delegationToken:
      state.retained.set(`token:${(message as DelegationTokenRecord).tokenId}`, record);
      return true;
    case recordKey.removeDelegationToken:
      state.retained.delete(`token:${(message as RemoveDelegationTokenRecord).tokenId}`);
      return true;
    case recordKey.clientQuota: {
      const quota = message as ClientQuotaRecord;
      state.retained.set(quotaKey(quota), quota.remove ? undefined : record);
      return true;
    }
    case recordKey.zkMigrationState:
      state.retained.set('zk-migration', record);
      return true;
    default:
      return false;
  }
}

function scramKey(record: { readonly name: string; readonly mechanism: number }): string {
  return `scram:${record.mechanism}:${record.name}`;
}

/** The entity's parts in any order are the same entity; a null name is the default entity. */
function quotaKey(record: ClientQuotaRecord): string {
  const parts = record.entity.map((part) => [part.entityType, part.entityName]);
  parts.sort((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1));
  return `quota:${record.key}:${JSON.stringify(parts)}`;
}
