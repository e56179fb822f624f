#!/bin/sh
# Starts a node: kafka-server-start.sh [-daemon] server.properties [--override property=value]*
# In the background with -daemon: what it says goes to kafkaServer.out in LOG_DIR, or in logs/ beside bin/.
. "$(dirname "$(readlink -f "$0")")/run-node.sh"

if [ "$1" = "-daemon" ]; then
  shift
  run_node cli/kafka-server-daemon.ts "$@"
fi
if [ $# -lt 1 ]; then
  echo "USAGE: $0 [-daemon] server.properties [--override property=value]*" >&2
  exit 1
fi
run_node bin/millrace.js "$@"
