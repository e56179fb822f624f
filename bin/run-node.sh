# Read by the scripts beside it: `run_node FILE ARGUMENTS…` becomes Node with one of our files. The Node that `npm ci`
# brought is taken before one of the system's. Scripts may be called from anywhere and through links.

root="$(dirname "$(dirname "$(readlink -f "$0")")")"

node="$root/node_modules/.bin/node"
[ -x "$node" ] || node=node

run_node() {
  file="$1"
  shift
  exec "$node" "$root/$file" "$@"
}
