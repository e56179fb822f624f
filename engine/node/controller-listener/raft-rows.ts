import type { ApiHandler, Handler } from '../../broker/dispatch.ts';
import type { Request } from '../../broker/request.ts';
import { apiKey } from '../../protocol/api-table.ts';
import { serveFetch, serveFetchSnapshot } from '../raft-network/raft-fetch-server.ts';
import {
  type AskedBy,
  type RaftServices,
  type Responds,
  serveBeginEpoch,
  serveEndEpoch,
  serveUpdateVoter,
  serveVote,
} from '../raft-network/raft-server.ts';

type Serve<Req, Res> = (services: RaftServices, request: Req, by: AskedBy, respond: Responds<Res>) => void;

/** What replicas of the metadata log ask each other. */
export function raftRows(
  services: RaftServices,
  decoded: <Req, Res>(key: number, handle: Handler<Req, Res>) => ApiHandler,
): ApiHandler[] {
  const served = <Req, Res>(key: number, serve: Serve<Req, Res>): ApiHandler =>
    decoded<Req, Res>(key, (request, context, respond) => serve(services, request, askedBy(context), respond));
  return [
    served(apiKey.Vote, serveVote),
    served(apiKey.BeginQuorumEpoch, serveBeginEpoch),
    served(apiKey.EndQuorumEpoch, serveEndEpoch),
    served(apiKey.Fetch, serveFetch),
    served(apiKey.FetchSnapshot, serveFetchSnapshot),
    served(apiKey.UpdateRaftVoter, serveUpdateVoter),
  ];
}

function askedBy({ version, peer }: Request): AskedBy {
  return { version, listenerName: peer.listenerName };
}
