/*
 * The two loops that touch every byte that is produced: CRC-32C, and the walk over the records of a batch. Their plain
 * twins are crc32c-plain.ts and engine/log/validation/walk-records.ts, which say what is checked and why; a test holds
 * both against each other. Bytes come from strangers: nothing is read outside of what the caller names, and what the
 * caller names is checked against the array it is in.
 *
 * Built by build.ts where there is a C compiler and a processor with an instruction for CRC-32C.
 */
#define NAPI_VERSION 8
#include <math.h>
#include <node_api.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#define WITH_CRC __attribute__((target("sse4.2")))
#define CRC_BYTE(sum, byte) _mm_crc32_u8(sum, byte)
#define CRC_WORD(sum, word) (uint32_t)_mm_crc32_u64(sum, word)
static bool has_crc(void) { return __builtin_cpu_supports("sse4.2"); }
#elif defined(__aarch64__) && defined(__ARM_FEATURE_CRC32)
#include <arm_acle.h>
#define WITH_CRC
#define CRC_BYTE(sum, byte) __crc32cb(sum, byte)
#define CRC_WORD(sum, word) __crc32cd(sum, word)
static bool has_crc(void) { return true; }
#else
#error "no instruction for CRC-32C: the plain twin serves"
#endif

/* -- CRC-32C ------------------------------------------------------------------------------------------------------- */

/* The instruction takes three cycles and one may start each cycle: three stretches are summed at a time. */
#define LONG_BYTES 4096
#define SHORT_BYTES 256

/* What so many zero bytes make of a sum, by its bytes. */
static uint32_t over_long[4][256], over_short[4][256];

static inline uint64_t word_at(const uint8_t *bytes) {
  uint64_t word;
  memcpy(&word, bytes, 8);
  return word;
}

WITH_CRC static void fill_over(uint32_t table[4][256], size_t bytes) {
  for (int part = 0; part < 4; part++) {
    for (uint32_t value = 0; value < 256; value++) {
      uint32_t sum = value << (8 * part);
      for (size_t left = bytes; left > 0; left -= 8) sum = CRC_WORD(sum, 0);
      table[part][value] = sum;
    }
  }
}

static inline uint32_t over(uint32_t table[4][256], uint32_t sum) {
  return table[0][sum & 0xff] ^ table[1][(sum >> 8) & 0xff] ^ table[2][(sum >> 16) & 0xff] ^ table[3][sum >> 24];
}

WITH_CRC static inline uint32_t three(uint32_t sum, const uint8_t *bytes, size_t stretch, uint32_t table[4][256]) {
  uint32_t second = 0, third = 0;
  for (const uint8_t *end = bytes + stretch; bytes < end; bytes += 8) {
    sum = CRC_WORD(sum, word_at(bytes));
    second = CRC_WORD(second, word_at(bytes + stretch));
    third = CRC_WORD(third, word_at(bytes + 2 * stretch));
  }
  return over(table, over(table, sum) ^ second) ^ third;
}

#if defined(__x86_64__)
/*
 * Processors that multiply polynomials, four times 128 bits with an instruction, sum three times as fast: what is read is
 * folded into 256 bytes that have the same sum as all before them ("Fast CRC Computation for Generic Polynomials Using
 * PCLMULQDQ", Intel 2009). Bits are in the order of CRC-32C, the highest power first.
 */
#define WITH_FOLDING __attribute__((target("avx512f,vpclmulqdq,sse4.2")))
#define FOLDED_BYTES 256
#define LEAST_FOLDED_BYTES 1024

/* What moves 16 bytes over so many others: a factor for each half. */
typedef struct {
  uint64_t first, second;
} Distance;

static Distance over_all, over_quarter;
static bool can_fold;

static uint64_t power_of_x(int exponent) {
  uint32_t power = 0x80000000;
  for (; exponent > 0; exponent--) power = power & 1 ? (power >> 1) ^ 0x82f63b78 : power >> 1;
  return (uint64_t)power << 1;
}

static Distance distance(int bytes) {
  return (Distance){power_of_x(bytes * 8 + 32), power_of_x(bytes * 8 - 32)};
}

static void prepare_folding(void) {
  over_all = distance(FOLDED_BYTES);
  over_quarter = distance(FOLDED_BYTES / 4);
  can_fold = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("vpclmulqdq");
}

WITH_FOLDING static inline __m512i fold(__m512i folded, __m512i factors, __m512i next) {
  __m512i first = _mm512_clmulepi64_epi128(folded, factors, 0x00);
  return _mm512_ternarylogic_epi64(first, _mm512_clmulepi64_epi128(folded, factors, 0x11), next, 0x96);
}

WITH_FOLDING static inline __m512i factors_of(Distance distance) {
  return _mm512_broadcast_i32x4(_mm_set_epi64x((int64_t)distance.second, (int64_t)distance.first));
}

/* `sum` and `length` bytes, which are a multiple of FOLDED_BYTES and not none. */
WITH_FOLDING static uint32_t sum_folded(uint32_t sum, const uint8_t *bytes, size_t length) {
  const uint8_t *end = bytes + length;
  __m512i a = _mm512_xor_si512(_mm512_loadu_si512(bytes), _mm512_zextsi128_si512(_mm_cvtsi32_si128((int)sum)));
  __m512i b = _mm512_loadu_si512(bytes + 64), c = _mm512_loadu_si512(bytes + 128), d = _mm512_loadu_si512(bytes + 192);
  __m512i factors = factors_of(over_all);
  for (bytes += FOLDED_BYTES; bytes < end; bytes += FOLDED_BYTES) {
    a = fold(a, factors, _mm512_loadu_si512(bytes));
    b = fold(b, factors, _mm512_loadu_si512(bytes + 64));
    c = fold(c, factors, _mm512_loadu_si512(bytes + 128));
    d = fold(d, factors, _mm512_loadu_si512(bytes + 192));
  }
  factors = factors_of(over_quarter);
  uint64_t last[8];
  _mm512_storeu_si512(last, fold(fold(fold(a, factors, b), factors, c), factors, d));
  sum = 0;
  for (int i = 0; i < 8; i++) sum = CRC_WORD(sum, last[i]);
  return sum;
}
#endif

/* As processors do it that have the one instruction only. */
WITH_CRC static uint32_t crc32c_by_instruction(uint32_t sum, const uint8_t *bytes, size_t length) {
  sum = ~sum;
  for (; length >= 3 * LONG_BYTES; bytes += 3 * LONG_BYTES, length -= 3 * LONG_BYTES) sum = three(sum, bytes, LONG_BYTES, over_long);
  for (; length >= 3 * SHORT_BYTES; bytes += 3 * SHORT_BYTES, length -= 3 * SHORT_BYTES) sum = three(sum, bytes, SHORT_BYTES, over_short);
  for (; length >= 8; bytes += 8, length -= 8) sum = CRC_WORD(sum, word_at(bytes));
  for (; length > 0; bytes++, length--) sum = CRC_BYTE(sum, *bytes);
  return ~sum;
}

static uint32_t crc32c(uint32_t sum, const uint8_t *bytes, size_t length) {
#if defined(__x86_64__)
  if (can_fold && length >= LEAST_FOLDED_BYTES) {
    size_t folded = length - length % FOLDED_BYTES;
    sum = ~sum_folded(~sum, bytes, folded);
    bytes += folded;
    length -= folded;
  }
#endif
  return crc32c_by_instruction(sum, bytes, length);
}

/* -- The walk over records ----------------------------------------------------------------------------------------- */

/* In the order of `recordFaults` of engine/base/records.ts. */
enum { WELL, RECORD_COUNT, RECORD_LENGTH, TIMESTAMP_DELTA, OFFSET_DELTA, KEY_LENGTH, VALUE_LENGTH, BYTES_BEHIND };

#define NULL_LENGTH 1
#define LEAST_RECORD_BYTES 6

typedef struct {
  double min_timestamp_delta, max_timestamp_delta, null_keys;
} Walked;

/* A varint in its zig-zag form, all of it before `end`. NULL: it does not end, or is 2^31 or more. */
static inline const uint8_t *read_varint(const uint8_t *at, const uint8_t *end, uint32_t *value) {
  if (at >= end) return NULL;
  uint32_t byte = *at++;
  if (byte < 0x80) {
    *value = byte;
    return at;
  }
  if (at < end && *at < 0x80) {
    *value = (byte & 0x7f) | ((uint32_t)*at << 7);
    return at + 1;
  }
  uint32_t sum = byte & 0x7f;
  for (int shift = 7; shift < 35; shift += 7) {
    if (at >= end) return NULL;
    byte = *at++;
    sum |= (byte & 0x7f) << shift;
    if (byte < 0x80) {
      *value = sum;
      return sum > INT32_MAX ? NULL : at;
    }
  }
  return NULL;
}

/* The same for a varlong, as a double: exact up to 2^53 and rounded beyond. */
static const uint8_t *read_varlong(const uint8_t *at, const uint8_t *end, double *value) {
  double sum = 0, scale = 1;
  for (int count = 0; count < 10; count++) {
    if (at >= end) return NULL;
    uint8_t byte = *at++;
    sum += (byte & 0x7f) * scale;
    if (byte < 0x80) {
      *value = sum;
      return at;
    }
    scale *= 0x80;
  }
  return NULL;
}

static inline double signed_of(double zigzag) {
  return fmod(zigzag, 2) == 0 ? zigzag / 2 : -(zigzag + 1) / 2;
}

static const uint8_t *skip_headers(const uint8_t *at, const uint8_t *end) {
  uint32_t count, length;
  at = read_varint(at, end, &count);
  if (at == NULL || (count & 1)) return NULL;
  for (uint32_t left = count >> 1; left > 0; left--) {
    at = read_varint(at, end, &length);
    if (at == NULL || (length & 1) || length >> 1 > (size_t)(end - at)) return NULL;
    at = read_varint(at + (length >> 1), end, &length);
    if (at == NULL) return NULL;
    if (length == NULL_LENGTH) continue;
    if ((length & 1) || length >> 1 > (size_t)(end - at)) return NULL;
    at += length >> 1;
  }
  return at;
}

static int walk(const uint8_t *start, const uint8_t *end, uint32_t count, Walked *walked) {
  /* A record begins where the one before ends by its length, which is known before its fields are read: the processor
     is some records ahead of the checks. */
  const uint8_t *next = start;
  double min_delta = INFINITY, max_delta = -INFINITY;
  uint32_t null_keys = 0, value;
  for (uint32_t index = 0; index < count; index++) {
    if (next >= end) return RECORD_COUNT;
    const uint8_t *at = read_varint(next, end, &value);
    if (at == NULL || (value & 1) || value < 2 * LEAST_RECORD_BYTES || value >> 1 > (size_t)(end - at)) return RECORD_LENGTH;
    const uint8_t *record_end = at + (value >> 1);
    next = record_end;
    at++; /* The attributes of a record have no meaning yet. */
    double delta;
    if (*at < 0x80) {
      value = *at++;
      delta = (double)((int32_t)(value >> 1) ^ -(int32_t)(value & 1));
    } else {
      at = read_varlong(at, record_end - 4, &delta);
      if (at == NULL) return TIMESTAMP_DELTA;
      delta = signed_of(delta);
    }
    if (delta < min_delta) min_delta = delta;
    if (delta > max_delta) max_delta = delta;
    at = read_varint(at, record_end - 3, &value);
    if (at == NULL || value != 2 * (uint64_t)index) return OFFSET_DELTA;
    at = read_varint(at, record_end - 2, &value);
    if (at == NULL) return KEY_LENGTH;
    if (value == NULL_LENGTH) null_keys++;
    else if ((value & 1) || value >> 1 > (size_t)(record_end - at)) return KEY_LENGTH;
    else at += value >> 1;
    if (record_end - at < 2) return KEY_LENGTH;
    at = read_varint(at, record_end - 1, &value);
    if (at == NULL) return VALUE_LENGTH;
    if (value != NULL_LENGTH) {
      if ((value & 1) || value >> 1 > (size_t)(record_end - at)) return VALUE_LENGTH;
      at += value >> 1;
    }
    if (at >= record_end) return VALUE_LENGTH;
    at = *at == 0 ? at + 1 : skip_headers(at, record_end);
    if (at != record_end) return RECORD_LENGTH;
  }
  if (next != end) return BYTES_BEHIND;
  walked->min_timestamp_delta = min_delta;
  walked->max_timestamp_delta = max_delta;
  walked->null_keys = null_keys;
  return WELL;
}

/* -- What JavaScript calls ----------------------------------------------------------------------------------------- */

#define MOST_ARGUMENTS 4

static napi_value refuse(napi_env env, const char *message) {
  napi_throw_range_error(env, NULL, message);
  return NULL;
}

/* Arguments: a Uint8Array, then numbers. */
static bool read_arguments(napi_env env, napi_callback_info info, size_t wanted, uint8_t **bytes, size_t *length, uint32_t *numbers) {
  napi_value given[MOST_ARGUMENTS];
  size_t count = MOST_ARGUMENTS;
  napi_typedarray_type type;
  void *data;
  if (napi_get_cb_info(env, info, &count, given, NULL, NULL) != napi_ok || count < wanted) return false;
  if (napi_get_typedarray_info(env, given[0], &type, length, &data, NULL, NULL) != napi_ok || type != napi_uint8_array) return false;
  *bytes = data;
  for (size_t i = 1; i < wanted; i++) {
    double number;
    if (napi_get_value_double(env, given[i], &number) != napi_ok || !(number >= 0 && number <= UINT32_MAX)) return false;
    numbers[i - 1] = (uint32_t)number;
  }
  return true;
}

static napi_value answer(napi_env env, uint32_t number) {
  napi_value value;
  return napi_create_uint32(env, number, &value) == napi_ok ? value : NULL;
}

typedef uint32_t Sum(uint32_t sum, const uint8_t *bytes, size_t length);

static napi_value call_sum(napi_env env, napi_callback_info info, Sum *sum) {
  uint8_t *bytes;
  size_t length;
  uint32_t numbers[MOST_ARGUMENTS];
  if (!read_arguments(env, info, 2, &bytes, &length, numbers)) return refuse(env, "crc32c takes a Uint8Array and a number");
  return answer(env, sum(numbers[0], bytes, length));
}

/* crc32c(bytes, initial) */
static napi_value call_crc32c(napi_env env, napi_callback_info info) {
  return call_sum(env, info, crc32c);
}

/* crc32cByInstruction(bytes, initial): the same, for tests */
static napi_value call_crc32c_by_instruction(napi_env env, napi_callback_info info) {
  return call_sum(env, info, crc32c_by_instruction);
}

/* walk(bytes, start, end, count): the fault, or 0 with `walked` filled in. */
static napi_value call_walk(napi_env env, napi_callback_info info) {
  uint8_t *bytes;
  size_t length;
  uint32_t numbers[MOST_ARGUMENTS];
  Walked *walked;
  if (!read_arguments(env, info, 4, &bytes, &length, numbers)) return refuse(env, "walk takes a Uint8Array and three numbers");
  if (numbers[0] > numbers[1] || numbers[1] > length) return refuse(env, "walk: positions outside of the array");
  if (napi_get_instance_data(env, (void **)&walked) != napi_ok) return NULL;
  return answer(env, (uint32_t)walk(bytes + numbers[0], bytes + numbers[1], numbers[2], walked));
}

static bool export_function(napi_env env, napi_value exports, const char *name, napi_callback call) {
  napi_value function;
  return napi_create_function(env, name, NAPI_AUTO_LENGTH, call, NULL, &function) == napi_ok &&
         napi_set_named_property(env, exports, name, function) == napi_ok;
}

NAPI_MODULE_INIT() {
  napi_value buffer, array;
  void *walked;
  if (!has_crc()) return refuse(env, "this processor has no instruction for CRC-32C");
  /* The same values whoever writes them: threads that load the module at once do no harm. */
  if (over_long[0][1] == 0) {
    fill_over(over_short, SHORT_BYTES);
    fill_over(over_long, LONG_BYTES);
  }
#if defined(__x86_64__)
  prepare_folding();
#endif
  /* Kept by `exports`, which the module's cache keeps as long as its thread lives. */
  if (napi_create_arraybuffer(env, sizeof(Walked), &walked, &buffer) != napi_ok) return NULL;
  if (napi_create_typedarray(env, napi_float64_array, sizeof(Walked) / sizeof(double), buffer, 0, &array) != napi_ok) return NULL;
  napi_ref keep;
  if (napi_create_reference(env, array, 1, &keep) != napi_ok || napi_set_instance_data(env, walked, NULL, NULL) != napi_ok) return NULL;
  if (napi_set_named_property(env, exports, "walked", array) != napi_ok) return NULL;
  if (!export_function(env, exports, "crc32cByInstruction", call_crc32c_by_instruction)) return NULL;
  if (!export_function(env, exports, "crc32c", call_crc32c) || !export_function(env, exports, "walk", call_walk)) return NULL;
  return exports;
}
