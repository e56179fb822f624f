#!/bin/sh
# Prepares the log directories of a node: random-uuid, format, info, version-mapping, feature-dependencies.
. "$(dirname "$(readlink -f "$0")")/run-node.sh"
run_node cli/kafka-storage.ts "$@"
