/*
 * End-to-end latency at a fixed rate: from the moment at which a record was due to be sent to the moment at which a
 * consumer has it. A record that is late in being sent counts from when it was due, so that a broker that stalls pays for
 * every record it held up. One process with one thread; a producer and a consumer connection for each partition.
 *
 *   latency SPEC host ports lanes rate warm-up-ms duration-ms offset-at records-at error-at
 *
 * ports: one, or several with commas between, which the lanes take in turn.
 * SPEC: for each lane a produce frame of one record, then a fetch frame, each as (u32 lane, u32 length, frame).
 * offset-at: where the fetch offset lies in the fetch frame; records-at: where the length of the records lies in the
 * answer to it; error-at: where the error code lies in the answer to a produce. One line of JSON at the end.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#define MAX_LANES 64
#define MAX_PORTS 64
#define BUFFER_BYTES (4 << 20)
#define LAST_OFFSET_DELTA_AT 23
#define BATCH_HEAD_BYTES 27

typedef struct Lane Lane;
typedef struct {
  int fd, is_consumer;
  Lane *lane;
  char *in;
  uint32_t in_length;
  char *out; /* bytes that the kernel did not take yet */
  uint32_t out_length, out_sent;
} Side;

struct Lane {
  int index;
  Side producer, consumer;
  char *produce, *fetch;
  uint32_t produce_length, fetch_length;
  int64_t sent, received;
};

static Lane lanes[MAX_LANES];
static int lane_count, offset_at, records_at, error_at;
static double ns_each;
static int64_t start_ns, warm_until_ns, end_ns;
static uint32_t *latencies;
static int64_t latency_count, latency_capacity;
static uint64_t errors;

static void die(const char *what) {
  perror(what);
  exit(2);
}

static int64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static int64_t due_ns(const Lane *lane, int64_t k) {
  return start_ns + (int64_t)(((double)k * lane_count + lane->index) * ns_each);
}

static uint32_t be32(const char *at) {
  uint32_t value;
  memcpy(&value, at, 4);
  return ntohl(value);
}

static int64_t be64(const char *at) {
  return (int64_t)((uint64_t)be32(at) << 32 | be32(at + 4));
}

static void flush(Side *side) {
  while (side->out_sent < side->out_length) {
    ssize_t sent = send(side->fd, side->out + side->out_sent, side->out_length - side->out_sent, MSG_NOSIGNAL);
    if (sent < 0 && errno == EAGAIN) return;
    if (sent < 0) die("send");
    side->out_sent += (uint32_t)sent;
  }
  side->out_sent = side->out_length = 0;
}

static void queue(Side *side, const char *bytes, uint32_t length) {
  if (side->out_length + length > BUFFER_BYTES) {
    fprintf(stderr, "the broker does not take the rate\n");
    exit(3);
  }
  memcpy(side->out + side->out_length, bytes, length);
  side->out_length += length;
}

static void came(Lane *lane, int64_t next_offset, int64_t now) {
  for (; lane->received < next_offset; lane->received++) {
    int64_t due = due_ns(lane, lane->received);
    if (due < warm_until_ns || due > end_ns || latency_count == latency_capacity) continue;
    latencies[latency_count++] = (uint32_t)((now - due) / 1000);
  }
}

static void answer(Side *side, const char *frame, uint32_t length, int64_t now) {
  Lane *lane = side->lane;
  if (!side->is_consumer) {
    if (length < (uint32_t)error_at + 2 || frame[error_at] || frame[error_at + 1]) errors++;
    return;
  }
  if (length < (uint32_t)records_at + 4) {
    errors++;
    return;
  }
  int32_t records = (int32_t)be32(frame + records_at);
  const char *at = frame + records_at + 4, *end = frame + length;
  if (records > 0 && end - at >= records) end = at + records;
  while (records > 0 && end - at >= BATCH_HEAD_BYTES) {
    int64_t size = 12 + (int64_t)be32(at + 8);
    if (end - at < size) break;
    came(lane, be64(at) + be32(at + LAST_OFFSET_DELTA_AT) + 1, now);
    at += size;
  }
  uint64_t next = (uint64_t)lane->received;
  for (int i = 0; i < 8; i++) lane->fetch[offset_at + i] = (char)(next >> (56 - 8 * i));
  queue(side, lane->fetch, lane->fetch_length);
  flush(side);
}

static void readable(Side *side) {
  for (;;) {
    ssize_t length = recv(side->fd, side->in + side->in_length, BUFFER_BYTES - side->in_length, 0);
    if (length < 0 && errno == EAGAIN) return;
    if (length <= 0) die("the broker closed a connection");
    side->in_length += (uint32_t)length;
    int64_t now = now_ns();
    uint32_t at = 0;
    while (side->in_length - at >= 4) {
      uint32_t size = be32(side->in + at) + 4;
      if (size > BUFFER_BYTES) die("answer too large");
      if (side->in_length - at < size) break;
      answer(side, side->in + at, size, now);
      at += size;
    }
    memmove(side->in, side->in + at, side->in_length - at);
    side->in_length -= at;
  }
}

static void open_side(Side *side, Lane *lane, int is_consumer, const struct sockaddr_in *address, int epoll) {
  side->lane = lane;
  side->is_consumer = is_consumer;
  side->in = malloc(BUFFER_BYTES);
  side->out = malloc(BUFFER_BYTES);
  side->fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(side->fd, (const struct sockaddr *)address, sizeof(*address)) != 0) die("connect");
  int one = 1;
  setsockopt(side->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
  fcntl(side->fd, F_SETFL, O_NONBLOCK);
  struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = side};
  epoll_ctl(epoll, EPOLL_CTL_ADD, side->fd, &event);
}

static void read_spec(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) die(path);
  uint32_t head[2];
  while (fread(head, 4, 2, file) == 2) {
    if (head[0] >= (uint32_t)lane_count) die("lane");
    Lane *lane = &lanes[head[0]];
    char *bytes = malloc(head[1]);
    if (fread(bytes, 1, head[1], file) != head[1]) die("spec");
    if (!lane->produce) {
      lane->produce = bytes;
      lane->produce_length = head[1];
    } else {
      lane->fetch = bytes;
      lane->fetch_length = head[1];
    }
  }
  fclose(file);
}

static void arm(int timer, int64_t at_ns) {
  struct itimerspec when = {.it_value = {.tv_sec = at_ns / 1000000000, .tv_nsec = at_ns % 1000000000}};
  timerfd_settime(timer, TFD_TIMER_ABSTIME, &when, NULL);
}

static int smaller(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return x < y ? -1 : x > y;
}

static uint32_t quantile(double q) {
  return latency_count == 0 ? 0 : latencies[(int64_t)(q * (double)(latency_count - 1))];
}

int main(int argc, char **argv) {
  if (argc != 11) {
    fprintf(stderr, "usage: latency SPEC host ports lanes rate warm-up-ms duration-ms offset-at records-at error-at\n");
    return 2;
  }
  struct sockaddr_in addresses[MAX_PORTS] = {0};
  int port_count = 0;
  for (char *port = strtok(argv[3], ","); port != NULL && port_count < MAX_PORTS; port = strtok(NULL, ",")) {
    struct sockaddr_in *address = &addresses[port_count++];
    address->sin_family = AF_INET;
    address->sin_port = htons((uint16_t)atoi(port));
    if (inet_pton(AF_INET, argv[2], &address->sin_addr) != 1) die("address");
  }
  if (port_count == 0) return 2;
  lane_count = atoi(argv[4]);
  if (lane_count < 1 || lane_count > MAX_LANES) {
    fprintf(stderr, "from 1 to %d lanes\n", MAX_LANES);
    return 2;
  }
  double rate = atof(argv[5]);
  ns_each = 1e9 / rate;
  offset_at = atoi(argv[8]);
  records_at = atoi(argv[9]);
  error_at = atoi(argv[10]);
  latency_capacity = (int64_t)(rate * atof(argv[7]) / 1000) + 1000;
  latencies = malloc(sizeof(uint32_t) * (size_t)latency_capacity);
  read_spec(argv[1]);
  int epoll = epoll_create1(0), timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
  struct epoll_event tick = {.events = EPOLLIN, .data.ptr = NULL};
  epoll_ctl(epoll, EPOLL_CTL_ADD, timer, &tick);
  for (int i = 0; i < lane_count; i++) {
    lanes[i].index = i;
    open_side(&lanes[i].producer, &lanes[i], 0, &addresses[i % port_count], epoll);
    open_side(&lanes[i].consumer, &lanes[i], 1, &addresses[i % port_count], epoll);
    queue(&lanes[i].consumer, lanes[i].fetch, lanes[i].fetch_length);
    flush(&lanes[i].consumer);
  }
  start_ns = now_ns() + 100000000;
  warm_until_ns = start_ns + atoll(argv[6]) * 1000000;
  end_ns = warm_until_ns + atoll(argv[7]) * 1000000;
  int64_t give_up_ns = end_ns + 60000000000LL, turn = 0;
  struct epoll_event events[64];
  for (;;) {
    int64_t now = now_ns();
    for (;; turn++) {
      Lane *lane = &lanes[turn % lane_count];
      int64_t due = due_ns(lane, turn / lane_count);
      if (due > end_ns) break;
      if (due > now) {
        arm(timer, due);
        break;
      }
      queue(&lane->producer, lane->produce, lane->produce_length);
      lane->sent++;
    }
    int64_t missing = 0;
    for (int i = 0; i < lane_count; i++) {
      flush(&lanes[i].producer);
      missing += lanes[i].sent - lanes[i].received;
    }
    if ((now > end_ns && missing == 0) || now > give_up_ns) break;
    int count = epoll_wait(epoll, events, 64, 100);
    for (int i = 0; i < count; i++) {
      Side *side = events[i].data.ptr;
      if (!side) {
        uint64_t expirations;
        if (read(timer, &expirations, 8) < 0 && errno != EAGAIN) die("timer");
        continue;
      }
      if (events[i].events & EPOLLOUT) flush(side);
      if (events[i].events & EPOLLIN) readable(side);
    }
  }
  int64_t lost = 0;
  for (int i = 0; i < lane_count; i++) lost += lanes[i].sent - lanes[i].received;
  qsort(latencies, (size_t)latency_count, sizeof(uint32_t), smaller);
  printf("{\"records\":%lld,\"lost\":%lld,\"errors\":%llu,\"p50\":%u,\"p95\":%u,\"p99\":%u,\"p999\":%u,\"max\":%u}\n",
         (long long)latency_count, (long long)lost, (unsigned long long)errors, quantile(0.5), quantile(0.95),
         quantile(0.99), quantile(0.999), quantile(1));
  return errors || lost ? 1 : 0;
}
