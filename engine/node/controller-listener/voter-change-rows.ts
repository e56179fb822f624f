import { type ApiHandler, forwardedRow } from '../../broker/dispatch.ts';
import type { Request } from '../../broker/request.ts';
import { type ApiRow, apiKey } from '../../protocol/api-table.ts';
import { changeVotersApi } from '../raft-network/voter-changes.ts';
import type { ControllerServices } from './controller-services.ts';

/** Who votes is changed here, and by brokers that pass such requests on. */
export function voterChangeRows(
  { quorum }: ControllerServices,
  row: (key: number) => ApiRow,
  fail: (request: Request, error: unknown) => void,
): ApiHandler[] {
  const { voterChanges } = quorum;
  if (voterChanges === null) return [];
  return [apiKey.AddRaftVoter, apiKey.RemoveRaftVoter].map((key) =>
    forwardedRow(row(key), (request, answered) => {
      const { bytes, end } = request.exchange;
      const body = bytes.slice(request.bodyStart, end);
      changeVotersApi(voterChanges, key, request.version, body).then(answered, (error: unknown) =>
        fail(request, error),
      );
    }),
  );
}
