/*
 * A second number for an open descriptor, which Node cannot make: a connection that one thread accepted can then be
 * closed there and go on in another (engine/io/net/hand-over.ts).
 */
#define NAPI_VERSION 8
#include <fcntl.h>
#include <node_api.h>

/* duplicate(fd): the new number, or -1 */
static napi_value call_duplicate(napi_env env, napi_callback_info info) {
  napi_value given, value;
  size_t count = 1;
  int32_t fd;
  if (napi_get_cb_info(env, info, &count, &given, NULL, NULL) != napi_ok || count < 1) return NULL;
  if (napi_get_value_int32(env, given, &fd) != napi_ok) {
    napi_throw_range_error(env, NULL, "duplicate takes a descriptor");
    return NULL;
  }
  return napi_create_int32(env, fcntl(fd, F_DUPFD_CLOEXEC, 3), &value) == napi_ok ? value : NULL;
}

NAPI_MODULE_INIT() {
  napi_value function;
  if (napi_create_function(env, "duplicate", NAPI_AUTO_LENGTH, call_duplicate, NULL, &function) != napi_ok) return NULL;
  return napi_set_named_property(env, exports, "duplicate", function) == napi_ok ? exports : NULL;
}
