#!/bin/sh
# Asks nodes of this installation to stop: kafka-server-stop.sh [--node-id ID] [--process-role broker|controller]
. "$(dirname "$(readlink -f "$0")")/run-node.sh"
run_node cli/kafka-server-stop.ts "$@"
