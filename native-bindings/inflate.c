/*
 * Inflates the records of one batch into memory that is there already: what a shard does for every compressed batch that
 * is produced. The plain twin of each codec is what compression.ts has without this; a test holds both against each
 * other. LZ4 and snappy are here, DEFLATE and zstd are those that Node itself is linked with. Bytes come from strangers:
 * nothing is read outside of `bytes` and nothing written outside of `into`, whatever they claim.
 *
 * Built by build.ts where there is a C compiler.
 */
#define NAPI_VERSION 8
#include <node_api.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "words are read as they lie: the plain twins serve"
#endif

/* Answers that are no lengths. */
#define CORRUPT -1
/* It does not fit: whether it would have been good is not known. */
#define TOO_LARGE -2

typedef struct {
  const uint8_t *at, *end;
} Bytes;

static inline size_t left(Bytes bytes) { return (size_t)(bytes.end - bytes.at); }

static inline uint32_t word_at(const uint8_t *bytes) {
  uint32_t word;
  memcpy(&word, bytes, 4);
  return word;
}

/* -- Copies -------------------------------------------------------------------------------------------------------- */

#define STEP 16

static inline void copy_steps(uint8_t *to, const uint8_t *from, size_t length) {
  for (size_t at = 0; at < length; at += STEP) memcpy(to + at, from + at, STEP);
}

/* May write up to STEP bytes more than `length`, before `end`; what is there is not written yet. */
static inline void copy_literal(uint8_t *to, const uint8_t *end, Bytes from, size_t length) {
  if ((size_t)(end - to) >= length + STEP && left(from) >= length + STEP) copy_steps(to, from.at, length);
  else memcpy(to, from.at, length);
}

/* What lies `offset` back once more, or again and again where it is shorter than `length`. */
static inline void copy_match(uint8_t *to, const uint8_t *end, size_t offset, size_t length) {
  const uint8_t *from = to - offset;
  if ((size_t)(end - to) < length + STEP) {
    for (size_t at = 0; at < length; at++) to[at] = from[at];
    return;
  }
  if (offset < STEP) {
    /* The pattern is written until it is a step long; then it lies a step or more back. */
    size_t distance = offset;
    while (distance < STEP) distance += offset;
    size_t first = length < distance ? length : distance;
    for (size_t at = 0; at < first; at++) to[at] = from[at];
    from = to;
    to += first;
    length -= first;
  }
  copy_steps(to, from, length);
}

/* -- LZ4: lz4-block.ts and lz4-frame.ts say what is checked -------------------------------------------------------- */

/* A length of 15 goes on in bytes; false: they do not end. */
static inline bool read_more(Bytes *from, size_t *length) {
  uint8_t more;
  do {
    if (from->at >= from->end) return false;
    more = *from->at++;
    *length += more;
  } while (more == 255);
  return true;
}

/* Bytes written to `to`, at most up to `limit`; matches may reach back to `window`, copies be sloppy up to `end`. */
static int64_t lz4_block(Bytes from, uint8_t *to, const uint8_t *limit, const uint8_t *window, const uint8_t *end) {
  const uint8_t *start = to;
  while (from.at < from.end) {
    uint8_t token = *from.at++;
    size_t length = token >> 4;
    if (length == 15 && !read_more(&from, &length)) return CORRUPT;
    if (length > left(from) || length > (size_t)(limit - to)) return CORRUPT;
    copy_literal(to, end, from, length);
    from.at += length;
    to += length;
    if (from.at == from.end) return to - start;
    if (left(from) < 2) return CORRUPT;
    size_t offset = from.at[0] | (size_t)from.at[1] << 8;
    from.at += 2;
    length = token & 15;
    if (length == 15 && !read_more(&from, &length)) return CORRUPT;
    length += 4;
    if (offset == 0 || offset > (size_t)(to - window) || length > (size_t)(limit - to)) return CORRUPT;
    copy_match(to, end, offset, length);
    to += length;
  }
  return CORRUPT;
}

static inline uint32_t rotate(uint32_t value, int bits) { return value << bits | value >> (32 - bits); }

#define PRIME_1 0x9e3779b1u
#define PRIME_2 0x85ebca77u
#define PRIME_3 0xc2b2ae3du
#define PRIME_4 0x27d4eb2fu
#define PRIME_5 0x165667b1u

static uint32_t xxhash32(Bytes bytes) {
  uint32_t length = (uint32_t)left(bytes), hash = PRIME_5;
  if (length >= 16) {
    uint32_t lanes[4] = {PRIME_1 + PRIME_2, PRIME_2, 0, 0u - PRIME_1};
    for (; left(bytes) >= 16; bytes.at += 16) {
      for (int lane = 0; lane < 4; lane++) lanes[lane] = rotate(lanes[lane] + word_at(bytes.at + 4 * lane) * PRIME_2, 13) * PRIME_1;
    }
    hash = rotate(lanes[0], 1) + rotate(lanes[1], 7) + rotate(lanes[2], 12) + rotate(lanes[3], 18);
  }
  hash += length;
  for (; left(bytes) >= 4; bytes.at += 4) hash = rotate(hash + word_at(bytes.at) * PRIME_3, 17) * PRIME_4;
  for (; left(bytes) > 0; bytes.at++) hash = rotate(hash + *bytes.at * PRIME_5, 11) * PRIME_1;
  hash = (hash ^ hash >> 15) * PRIME_2;
  hash = (hash ^ hash >> 13) * PRIME_3;
  return hash ^ hash >> 16;
}

#define LZ4_MAGIC 0x184d2204u

typedef struct {
  Bytes blocks;
  size_t block_bytes;
  bool has_block_sums, are_independent, has_content_sum;
} Lz4Frame;

static bool lz4_header(Bytes bytes, Lz4Frame *frame) {
  if (left(bytes) < 7 || word_at(bytes.at) != LZ4_MAGIC) return false;
  uint8_t flags = bytes.at[4], descriptor = bytes.at[5];
  int size_code = descriptor >> 4 & 7;
  if (flags >> 6 != 1 || (flags & 0x03) != 0 || (descriptor & 0x8f) != 0 || size_code < 4) return false;
  size_t header = 6 + ((flags & 0x08) == 0 ? 0 : 8);
  if (header >= left(bytes)) return false;
  if ((xxhash32((Bytes){bytes.at + 4, bytes.at + header}) >> 8 & 0xff) != bytes.at[header]) return false;
  frame->blocks = (Bytes){bytes.at + header + 1, bytes.end};
  frame->block_bytes = (size_t)1 << (8 + 2 * size_code);
  frame->has_block_sums = (flags & 0x10) != 0;
  frame->are_independent = (flags & 0x20) != 0;
  frame->has_content_sum = (flags & 0x04) != 0;
  return true;
}

/* Takes the next block of `rest`. 1: there it is; 0: the end mark; CORRUPT. */
static int lz4_next(const Lz4Frame *frame, Bytes *rest, Bytes *block, bool *is_compressed) {
  if (left(*rest) < 4) return CORRUPT;
  uint32_t word = word_at(rest->at);
  rest->at += 4;
  if (word == 0) return 0;
  size_t length = word & 0x7fffffff;
  if (length > frame->block_bytes || length > left(*rest)) return CORRUPT;
  *block = (Bytes){rest->at, rest->at + length};
  *is_compressed = word < 0x80000000u;
  rest->at += length;
  if (frame->has_block_sums) {
    if (left(*rest) < 4 || word_at(rest->at) != xxhash32(*block)) return CORRUPT;
    rest->at += 4;
  }
  return 1;
}

static int64_t lz4(Bytes bytes, uint8_t *into, size_t capacity) {
  Lz4Frame frame;
  Bytes block;
  bool is_compressed;
  int found;
  if (!lz4_header(bytes, &frame)) return CORRUPT;
  Bytes rest = frame.blocks;
  while ((found = lz4_next(&frame, &rest, &block, &is_compressed)) == 1) continue;
  if (found == CORRUPT || (frame.has_content_sum && left(rest) < 4)) return CORRUPT;
  size_t to = 0;
  rest = frame.blocks;
  while ((found = lz4_next(&frame, &rest, &block, &is_compressed)) == 1) {
    size_t room = capacity - to, length = left(block);
    size_t most = !is_compressed ? length : length * 255 < frame.block_bytes ? length * 255 : frame.block_bytes;
    if (is_compressed) {
      const uint8_t *limit = into + to + (most < room ? most : room);
      int64_t written = lz4_block(block, into + to, limit, frame.are_independent ? into + to : into, into + capacity);
      if (written < 0) return most > room ? TOO_LARGE : CORRUPT;
      to += (size_t)written;
    } else {
      if (length > room) return TOO_LARGE;
      memcpy(into + to, block.at, length);
      to += length;
    }
  }
  if (found == CORRUPT) return CORRUPT;
  if (frame.has_content_sum && xxhash32((Bytes){into, into + to}) != word_at(rest.at)) return CORRUPT;
  return (int64_t)to;
}

/* -- Snappy: snappy-plain.ts and xerial.ts say what is checked ----------------------------------------------------- */

/* The inflated size that a block claims; its varint is taken off. False: there is none, or no block could hold it. */
static bool snappy_size(Bytes *block, size_t *size) {
  *size = 0;
  for (int shift = 0; shift < 35 && block->at < block->end; shift += 7) {
    uint8_t byte = *block->at;
    *size |= (size_t)(byte & 0x7f) << shift;
    if (byte < 0x80) {
      bool is_held = *size * 3 <= left(*block) * 64;
      block->at++;
      return is_held;
    }
    block->at++;
  }
  return false;
}

static inline size_t little_endian(const uint8_t *bytes, int count) {
  size_t value = 0;
  for (int at = count - 1; at >= 0; at--) value = value << 8 | bytes[at];
  return value;
}

/* False: the block is not what it claims to be. `from` begins behind the size. */
static bool snappy_block(Bytes from, uint8_t *into, size_t size, const uint8_t *end) {
  uint8_t *to = into;
  const uint8_t *limit = into + size;
  while (from.at < from.end) {
    uint8_t tag = *from.at++;
    int kind = tag & 3;
    if (kind == 0) {
      size_t length = (size_t)(tag >> 2) + 1;
      if (length > 60) {
        int extra = (int)length - 60;
        if (left(from) < (size_t)extra) return false;
        length = little_endian(from.at, extra) + 1;
        from.at += extra;
      }
      if (length > left(from) || length > (size_t)(limit - to)) return false;
      copy_literal(to, end, from, length);
      from.at += length;
      to += length;
      continue;
    }
    int offset_bytes = kind == 3 ? 4 : kind;
    if (left(from) < (size_t)offset_bytes) return false;
    size_t length = kind == 1 ? (size_t)(tag >> 2 & 7) + 4 : (size_t)(tag >> 2) + 1;
    size_t offset = kind == 1 ? (size_t)(tag >> 5) << 8 | *from.at : little_endian(from.at, offset_bytes);
    from.at += offset_bytes;
    if (offset == 0 || offset > (size_t)(to - into) || length > (size_t)(limit - to)) return false;
    copy_match(to, end, offset, length);
    to += length;
  }
  return to == limit;
}

#define XERIAL_BYTES 16

static bool has_xerial(Bytes bytes) {
  return left(bytes) >= XERIAL_BYTES && memcmp(bytes.at, "\x82SNAPPY", 8) == 0;
}

static int64_t snappy(Bytes bytes, uint8_t *into, size_t capacity) {
  bool is_framed = has_xerial(bytes);
  size_t to = 0, size;
  if (!is_framed && left(bytes) == 0) return CORRUPT;
  while (left(bytes) > 0) {
    Bytes block = bytes;
    if (is_framed) {
      if (has_xerial(bytes)) {
        bytes.at += XERIAL_BYTES;
        continue;
      }
      if (left(bytes) < 4) return CORRUPT;
      size_t length = __builtin_bswap32(word_at(bytes.at));
      bytes.at += 4;
      if (length > left(bytes)) return CORRUPT;
      block = (Bytes){bytes.at, bytes.at + length};
    }
    bytes.at = block.end;
    if (!snappy_size(&block, &size)) return CORRUPT;
    if (size > capacity - to) return TOO_LARGE;
    if (!snappy_block(block, into + to, size, into + capacity)) return CORRUPT;
    to += size;
  }
  return (int64_t)to;
}

/* -- What Node is linked with: its symbols are null where it is not ------------------------------------------------ */

/* zlib.h, as it is since 1.2 */
typedef struct {
  const uint8_t *next_in;
  unsigned avail_in;
  unsigned long total_in;
  uint8_t *next_out;
  unsigned avail_out;
  unsigned long total_out;
  const char *msg;
  void *state, *zalloc, *zfree, *opaque;
  int data_type;
  unsigned long adler, reserved;
} ZStream;

#define Z_FINISH 4
#define Z_STREAM_END 1
#define Z_OK 0
#define Z_BUF_ERROR (-5)
#define GZIP_WINDOW_BITS (15 + 16)

__attribute__((weak)) extern int inflateInit2_(ZStream *, int bits, const char *version, int size);
__attribute__((weak)) extern int inflateReset(ZStream *);
__attribute__((weak)) extern int inflate(ZStream *, int flush);
__attribute__((weak)) extern int inflateEnd(ZStream *);

__attribute__((weak)) extern void *ZSTD_createDCtx(void);
__attribute__((weak)) extern size_t ZSTD_freeDCtx(void *);
__attribute__((weak)) extern size_t ZSTD_decompressDCtx(void *, void *into, size_t capacity, const void *from, size_t length);
__attribute__((weak)) extern size_t ZSTD_findFrameCompressedSize(const void *from, size_t length);
__attribute__((weak)) extern unsigned ZSTD_isError(size_t code);

/* A thread's decoders, kept from batch to batch. */
typedef struct {
  ZStream gzip;
  bool has_gzip;
  void *zstd;
} Decoders;

static bool can_gzip(void) { return inflateInit2_ != NULL && inflateReset != NULL && inflate != NULL && inflateEnd != NULL; }

static bool can_zstd(void) {
  return ZSTD_createDCtx != NULL && ZSTD_freeDCtx != NULL && ZSTD_decompressDCtx != NULL && ZSTD_findFrameCompressedSize != NULL &&
         ZSTD_isError != NULL;
}

static int64_t gzip(Decoders *decoders, Bytes bytes, uint8_t *into, size_t capacity) {
  ZStream *stream = &decoders->gzip;
  if (!decoders->has_gzip) {
    memset(stream, 0, sizeof *stream);
    if (inflateInit2_(stream, GZIP_WINDOW_BITS, "1.2.11", sizeof *stream) != Z_OK) return TOO_LARGE;
    decoders->has_gzip = true;
  }
  stream->next_in = bytes.at;
  stream->avail_in = (unsigned)left(bytes);
  stream->next_out = into;
  stream->avail_out = (unsigned)capacity;
  /* Members may follow each other. A zero byte behind one is the beginning of padding. */
  do {
    if (inflateReset(stream) != Z_OK) return CORRUPT;
    int result = inflate(stream, Z_FINISH);
    if (result != Z_STREAM_END) return (result == Z_BUF_ERROR || result == Z_OK) && stream->avail_out == 0 ? TOO_LARGE : CORRUPT;
  } while (stream->avail_in > 0 && *stream->next_in != 0);
  return (int64_t)(capacity - stream->avail_out);
}

#define ZSTD_MAGIC 0xfd2fb528u
#define ZSTD_TOO_SMALL 70
/* Whoever reads as a stream refuses larger windows: such a batch would be of no use to consumers. */
#define ZSTD_WINDOW_LOG 27

static bool zstd_window_is_sane(Bytes frame) {
  if (left(frame) < 6 || word_at(frame.at) != ZSTD_MAGIC || (frame.at[4] & 0x20) != 0) return true;
  uint8_t window = frame.at[5];
  return 10 + (window >> 3) < ZSTD_WINDOW_LOG || (10 + (window >> 3) == ZSTD_WINDOW_LOG && (window & 7) == 0);
}

static int64_t zstd(Decoders *decoders, Bytes bytes, uint8_t *into, size_t capacity) {
  if (decoders->zstd == NULL && (decoders->zstd = ZSTD_createDCtx()) == NULL) return TOO_LARGE;
  if (left(bytes) == 0) return CORRUPT;
  size_t to = 0;
  while (left(bytes) > 0) {
    size_t length = ZSTD_findFrameCompressedSize(bytes.at, left(bytes));
    if (ZSTD_isError(length) || length > left(bytes) || length == 0) return CORRUPT;
    if (!zstd_window_is_sane(bytes)) return CORRUPT;
    size_t written = ZSTD_decompressDCtx(decoders->zstd, into + to, capacity - to, bytes.at, length);
    if (ZSTD_isError(written)) return 0 - written == ZSTD_TOO_SMALL ? TOO_LARGE : CORRUPT;
    to += written;
    bytes.at += length;
  }
  return (int64_t)to;
}

/* -- What JavaScript calls ----------------------------------------------------------------------------------------- */

enum { GZIP = 1, SNAPPY, LZ4, ZSTD };

static bool read_bytes(napi_env env, napi_value value, void **data, size_t *length) {
  napi_typedarray_type type;
  return napi_get_typedarray_info(env, value, &type, length, data, NULL, NULL) == napi_ok && type == napi_uint8_array;
}

static int64_t inflate_by(Decoders *decoders, uint32_t codec, Bytes bytes, uint8_t *into, size_t capacity) {
  switch (codec) {
    case GZIP: return gzip(decoders, bytes, into, capacity);
    case SNAPPY: return snappy(bytes, into, capacity);
    case LZ4: return lz4(bytes, into, capacity);
    default: return zstd(decoders, bytes, into, capacity);
  }
}

/* inflate(codec, bytes, into): the bytes written, CORRUPT or TOO_LARGE. */
static napi_value call_inflate(napi_env env, napi_callback_info info) {
  napi_value given[3], result;
  size_t count = 3, length, capacity;
  uint32_t codec;
  void *from, *into, *decoders;
  if (napi_get_cb_info(env, info, &count, given, NULL, NULL) != napi_ok || count < 3 ||
      napi_get_value_uint32(env, given[0], &codec) != napi_ok || codec < GZIP || codec > ZSTD ||
      !read_bytes(env, given[1], &from, &length) || !read_bytes(env, given[2], &into, &capacity) ||
      length > INT32_MAX || capacity > INT32_MAX || (codec == GZIP && !can_gzip()) || (codec == ZSTD && !can_zstd())) {
    napi_throw_range_error(env, NULL, "inflate takes a codec that is there and two Uint8Arrays");
    return NULL;
  }
  if (napi_get_instance_data(env, &decoders) != napi_ok) return NULL;
  const uint8_t *start = from;
  int64_t written = inflate_by(decoders, codec, (Bytes){start, start + length}, into, capacity);
  return napi_create_int64(env, written, &result) == napi_ok ? result : NULL;
}

static void free_decoders(napi_env env, void *data, void *hint) {
  Decoders *decoders = data;
  (void)env, (void)hint;
  if (decoders->has_gzip) inflateEnd(&decoders->gzip);
  if (decoders->zstd != NULL) ZSTD_freeDCtx(decoders->zstd);
  free(decoders);
}

NAPI_MODULE_INIT() {
  napi_value function, codecs;
  Decoders *decoders = calloc(1, sizeof *decoders);
  if (decoders == NULL || napi_set_instance_data(env, decoders, free_decoders, NULL) != napi_ok) return NULL;
  /* A bit for each codec that is there. */
  uint32_t bits = 1 << SNAPPY | 1 << LZ4 | (can_gzip() ? 1 << GZIP : 0) | (can_zstd() ? 1 << ZSTD : 0);
  if (napi_create_function(env, "inflate", NAPI_AUTO_LENGTH, call_inflate, NULL, &function) != napi_ok ||
      napi_set_named_property(env, exports, "inflate", function) != napi_ok ||
      napi_create_uint32(env, bits, &codecs) != napi_ok || napi_set_named_property(env, exports, "codecs", codecs) != napi_ok)
    return NULL;
  return exports;
}
