/*
 * The load client: sends frames that were built beforehand and counts the answers, so that it takes as little of the
 * machine as can be from the broker it measures. It knows nothing of the protocol but that a frame begins with its size
 * in four bytes, and where in an answer an error code lies.
 *
 *   client FRAMES host ports connections threads in-flight warm-up-ms duration-ms max-bytes error-at answers gather rate
 *
 * ports: one, or several with commas between, which the connections take in turn.
 * FRAMES: u32 count, so many (u32 length, frame), then repeated (u32 connection, u32 frame), in the machine's byte order;
 * a connection sends its frames round and round. error-at: where the two bytes of an error code are, from the frame's
 * first byte; 0 looks nowhere. answers: 0 where none are to come (acks=0). gather: how many frames one system call may
 * send. rate: 0 sends as much as goes; what is counted then is what was answered (or, without answers, taken by the
 * kernel) between the end of the warm-up and the end of the run; where that is nothing, the run goes on until something
 * was, for a minute at most: a broker that has just started may take longer than a short run. With a rate each connection sends so many requests a
 * second, the connections one after the other; a request's time runs from the moment at which it was due, even where it
 * had to wait for room in flight or in the socket, and all that were due between the end of the warm-up and the end of
 * the run count: the client waits for their answers. One line of JSON at the end. Times are monotonic.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define MAX_CONNECTIONS 4096
#define MAX_IN_FLIGHT 4096
#define MAX_GATHERED 64
#define MAX_PORTS 64
#define LANDING_BYTES (1 << 20)
#define UNANSWERED_AT_ONCE 16 /* system calls for one connection before the others, where no answer limits them */
#define SEND_BUFFER_BYTES (128 << 10) /* where no answers come: else the kernel takes seconds of small requests. Apache's producer has as much. */
#define GRACE_NS 60000000000LL /* for the last answers of a run at a rate, and for the first of any other */
#define SLOTS 4096 /* of the latency histogram: 64 to a power of two, in microseconds */

typedef struct {
  char *bytes;
  uint32_t length;
} Frame;

typedef struct {
  int fd, index;
  Frame **frames;
  int frame_count, frame_capacity;
  int next;            /* frame to send next */
  uint32_t offset;     /* bytes of it that are sent */
  int in_flight;
  int ring_head;       /* oldest request without answer */
  int64_t due, begun;  /* at a rate: requests that were due so far, and those of them that were begun */
  int64_t sent_at[MAX_IN_FLIGHT];
  uint32_t sent_bytes[MAX_IN_FLIGHT];
  char head[64];       /* start of the answer that is coming in */
  uint32_t head_length;
  int64_t answer_left; /* bytes of it that are still to come; -1: its size is not known yet */
  int writable;
} Connection;

typedef struct {
  pthread_t thread;
  int index;
  uint64_t requests, bytes_sent, bytes_received, errors, all_requests, all_bytes_sent, all_bytes_received;
  int64_t first_ns, last_ns;
  uint64_t histogram[SLOTS];
  int64_t max_us, turn, missing;
  int all_due; /* at a rate: nothing more comes due before the end */
} Worker;

static Connection connections[MAX_CONNECTIONS];
static int connection_count, thread_count, max_in_flight, error_at, answers, gather;
static int64_t start_ns, warm_until_ns, end_ns, max_bytes, warm_up_ns, duration_ns;
static double interval_ns; /* between two requests of a connection; 0: as much as goes */
static pthread_barrier_t all_open;
static struct sockaddr_in addresses[MAX_PORTS];
static int port_count;
static volatile int stop;
static volatile int anything_counted;
static volatile int64_t bytes_of_all;

static void die(const char *what) {
  perror(what);
  exit(2);
}

static int64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static int slot_of(int64_t us) {
  if (us < 64) return us < 0 ? 0 : (int)us;
  int power = 63 - __builtin_clzll((uint64_t)us);
  int slot = (power - 5) * 64 + (int)((us >> (power - 6)) & 63);
  return slot < SLOTS ? slot : SLOTS - 1;
}

static double slot_us(int slot) {
  if (slot < 64) return slot;
  int power = slot / 64 + 5;
  return (double)(((int64_t)64 + slot % 64) << (power - 6));
}

/* When a connection's request is due: the connections one after the other, evenly. */
static int64_t due_ns(const Connection *c, int64_t request) {
  return start_ns + (int64_t)(((double)request + (double)c->index / connection_count) * interval_ns);
}

static void read_frames(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) die(path);
  uint32_t count, pair[2];
  if (fread(&count, 4, 1, file) != 1) die("frames");
  Frame *all = calloc((size_t)count + 1, sizeof(Frame));
  for (uint32_t i = 0; i < count; i++) {
    if (fread(&all[i].length, 4, 1, file) != 1) die("frames");
    all[i].bytes = malloc(all[i].length);
    if (!all[i].bytes || fread(all[i].bytes, 1, all[i].length, file) != all[i].length) die("frames");
  }
  while (fread(pair, 4, 2, file) == 2) {
    if (pair[0] >= (uint32_t)connection_count || pair[1] >= count) continue;
    Connection *c = &connections[pair[0]];
    if (c->frame_count == c->frame_capacity) {
      c->frame_capacity = c->frame_capacity ? c->frame_capacity * 2 : 16;
      c->frames = realloc(c->frames, sizeof(Frame *) * c->frame_capacity);
    }
    c->frames[c->frame_count++] = &all[pair[1]];
  }
  fclose(file);
}

static void counted(Worker *w, uint32_t request_bytes, uint32_t answer_bytes, int64_t sent_at, int64_t now) {
  w->all_requests++;
  w->all_bytes_sent += request_bytes;
  w->all_bytes_received += answer_bytes;
  int64_t judged_at = interval_ns > 0 ? sent_at : now;
  if (interval_ns > 0) w->missing--;
  if (judged_at < warm_until_ns) return;
  if (judged_at > end_ns && (interval_ns > 0 || anything_counted)) return;
  anything_counted = 1;
  if (w->first_ns == 0) w->first_ns = now;
  w->last_ns = now;
  w->requests++;
  w->bytes_sent += request_bytes;
  w->bytes_received += answer_bytes;
  int64_t us = (now - sent_at) / 1000;
  if (us > w->max_us) w->max_us = us;
  w->histogram[slot_of(us)]++;
}

static void gone(Connection *c, Worker *w) {
  w->errors++;
  close(c->fd);
  c->fd = -1;
  stop = 1;
}

static void send_more(Connection *c, Worker *w, int64_t now) {
  int left = answers || interval_ns > 0 ? INT_MAX : UNANSWERED_AT_ONCE;
  while (c->writable && !stop && left-- > 0) {
    struct iovec gathered[MAX_GATHERED];
    int count = 0, next = c->next, room = answers ? max_in_flight - c->in_flight : MAX_GATHERED;
    uint32_t offset = c->offset;
    size_t total = 0;
    /* A frame that was begun holds its place in flight already. */
    if (offset > 0 && answers) room++;
    int64_t owed = c->due - c->begun + (offset > 0);
    if (interval_ns > 0 && room > owed) room = (int)owed;
    while (count < gather && count < room && total < (1 << 20)) {
      Frame *f = c->frames[next];
      gathered[count].iov_base = f->bytes + offset;
      gathered[count++].iov_len = f->length - offset;
      total += f->length - offset;
      offset = 0;
      next = next + 1 == c->frame_count ? 0 : next + 1;
    }
    if (count == 0) return;
    ssize_t sent = writev(c->fd, gathered, count);
    if (sent < 0) {
      if (errno == EAGAIN) c->writable = 0;
      else if (errno != EINTR) return gone(c, w);
      continue;
    }
    if ((size_t)sent < total) c->writable = 0;
    while (sent > 0) {
      Frame *f = c->frames[c->next];
      uint32_t left = f->length - c->offset;
      if (c->offset == 0) {
        int at = (c->ring_head + (answers ? c->in_flight++ : 0)) % MAX_IN_FLIGHT;
        c->sent_at[at] = interval_ns > 0 ? due_ns(c, c->begun) : now;
        c->sent_bytes[at] = f->length;
        c->begun++;
      }
      if ((size_t)sent < left) {
        c->offset += (uint32_t)sent;
        break;
      }
      sent -= left;
      c->offset = 0;
      c->next = c->next + 1 == c->frame_count ? 0 : c->next + 1;
      if (!answers) counted(w, f->length, 0, c->sent_at[c->ring_head], now);
    }
  }
}

static void answered(Connection *c, Worker *w, uint32_t size, int64_t now) {
  if (c->in_flight == 0) return gone(c, w);
  int at = c->ring_head;
  if (error_at > 0 && (c->head_length < (uint32_t)error_at + 2 || c->head[error_at] || c->head[error_at + 1])) w->errors++;
  c->ring_head = (at + 1) % MAX_IN_FLIGHT;
  c->in_flight--;
  counted(w, c->sent_bytes[at], size, c->sent_at[at], now);
}

static void landed(Connection *c, Worker *w, const char *bytes, ssize_t length, int64_t now) {
  while (length > 0) {
    if (c->answer_left < 0) {
      while (c->head_length < 4 && length > 0) {
        c->head[c->head_length++] = *bytes++;
        length--;
      }
      if (c->head_length < 4) return;
      uint32_t size;
      memcpy(&size, c->head, 4);
      c->answer_left = ntohl(size);
    }
    ssize_t take = length < c->answer_left ? length : (ssize_t)c->answer_left;
    uint32_t room = sizeof(c->head) - c->head_length;
    uint32_t kept = take < room ? (uint32_t)take : room;
    memcpy(c->head + c->head_length, bytes, kept);
    c->head_length += kept;
    bytes += take;
    length -= take;
    c->answer_left -= take;
    if (c->answer_left > 0) return;
    uint32_t size;
    memcpy(&size, c->head, 4);
    answered(c, w, ntohl(size) + 4, now);
    c->head_length = 0;
    c->answer_left = -1;
  }
}

static void open_connection(Connection *c, int epoll) {
  c->fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in *address = &addresses[c->index % port_count];
  if (c->fd < 0 || connect(c->fd, (struct sockaddr *)address, sizeof(*address)) != 0) die("connect");
  int one = 1, buffer = SEND_BUFFER_BYTES;
  setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
  if (!answers) setsockopt(c->fd, SOL_SOCKET, SO_SNDBUF, &buffer, sizeof(buffer));
  fcntl(c->fd, F_SETFL, O_NONBLOCK);
  c->answer_left = -1;
  c->writable = 1;
  struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = c};
  if (epoll_ctl(epoll, EPOLL_CTL_ADD, c->fd, &event) != 0) die("epoll_ctl");
}

static void arm(int timer, int64_t at_ns) {
  struct itimerspec when = {.it_value = {.tv_sec = at_ns / 1000000000, .tv_nsec = at_ns % 1000000000}};
  timerfd_settime(timer, TFD_TIMER_ABSTIME, &when, NULL);
}

/* Begins what has come due on this thread's connections, in order, and sets the timer for the next. */
static void send_due(Worker *w, int timer) {
  int64_t mine = (connection_count - w->index + thread_count - 1) / thread_count;
  for (;; w->turn++) {
    Connection *c = &connections[w->index + (w->turn % mine) * thread_count];
    int64_t due = due_ns(c, w->turn / mine), now = now_ns();
    if (due > end_ns) w->all_due = 1;
    if (due > end_ns || stop) return;
    if (due > now) return arm(timer, due);
    c->due++;
    w->missing++;
    if (c->fd >= 0) send_more(c, w, now);
  }
}

static int is_over(const Worker *w, int64_t now) {
  if (interval_ns == 0) return (now >= end_ns && anything_counted) || now >= end_ns + GRACE_NS;
  return (w->all_due && w->missing == 0) || now > end_ns + GRACE_NS;
}

/* Without answers nothing says when to send but room in the socket: every connection in turn. Answers whether there is more room. */
static int send_unanswered(Worker *w) {
  int more = 0;
  for (int i = w->index; i < connection_count; i += thread_count) {
    Connection *c = &connections[i];
    if (c->fd >= 0 && c->writable) send_more(c, w, now_ns());
    more |= c->fd >= 0 && c->writable;
  }
  return more;
}

static void open_all(Worker *w, int epoll) {
  for (int i = w->index; i < connection_count; i += thread_count) open_connection(&connections[i], epoll);
  if (pthread_barrier_wait(&all_open) == PTHREAD_BARRIER_SERIAL_THREAD) {
    start_ns = now_ns();
    warm_until_ns = start_ns + warm_up_ns;
    end_ns = warm_until_ns + duration_ns;
  }
  pthread_barrier_wait(&all_open);
}

static void *run(void *argument) {
  Worker *w = argument;
  int epoll = epoll_create1(0), timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
  char *landing = malloc(LANDING_BYTES);
  struct epoll_event tick = {.events = EPOLLIN | EPOLLET, .data.ptr = NULL};
  if (epoll_ctl(epoll, EPOLL_CTL_ADD, timer, &tick) != 0) die("epoll_ctl");
  open_all(w, epoll);
  struct epoll_event events[256];
  uint64_t told = 0;
  while (!stop) {
    int more = 0;
    if (interval_ns > 0) send_due(w, timer);
    else if (!answers) more = send_unanswered(w);
    /* At a rate in small portions: what comes due meanwhile waits for them. */
    int count = epoll_wait(epoll, events, interval_ns > 0 ? 32 : 256, more ? 0 : 20);
    int64_t now = now_ns();
    if (is_over(w, now)) break;
    for (int i = 0; i < count; i++) {
      Connection *c = events[i].data.ptr;
      if (!c || c->fd < 0) continue;
      if (events[i].events & EPOLLOUT) c->writable = 1;
      while (events[i].events & EPOLLIN) {
        ssize_t length = recv(c->fd, landing, LANDING_BYTES, 0);
        if (length > 0) landed(c, w, landing, length, now);
        if (length == 0 || (length < 0 && errno != EAGAIN && errno != EINTR)) gone(c, w);
        if (length < LANDING_BYTES || c->fd < 0) break;
        now = now_ns();
      }
      if (c->fd >= 0 && (answers || interval_ns > 0)) send_more(c, w, now);
    }
    uint64_t moved = w->all_bytes_sent + w->all_bytes_received;
    if (now >= warm_until_ns && __atomic_add_fetch(&bytes_of_all, (int64_t)(moved - told), __ATOMIC_RELAXED) >= max_bytes && anything_counted) stop = 1;
    told = moved;
  }
  if (w->missing > 0) w->errors += (uint64_t)w->missing;
  return NULL;
}

static double quantile(const uint64_t *histogram, uint64_t total, double q) {
  uint64_t seen = 0;
  for (int i = 0; i < SLOTS; i++) {
    seen += histogram[i];
    if (seen > 0 && (double)seen >= q * (double)total) return slot_us(i);
  }
  return 0;
}

int main(int argc, char **argv) {
  if (argc != 14) {
    fprintf(stderr, "usage: client FRAMES host ports connections threads in-flight warm-up-ms duration-ms max-bytes error-at answers gather rate\n");
    return 2;
  }
  connection_count = atoi(argv[4]);
  thread_count = atoi(argv[5]);
  max_in_flight = atoi(argv[6]);
  if (connection_count > MAX_CONNECTIONS || max_in_flight > MAX_IN_FLIGHT || thread_count > 64) return 2;
  max_bytes = atoll(argv[9]);
  error_at = atoi(argv[10]);
  answers = atoi(argv[11]);
  gather = atoi(argv[12]);
  double rate = atof(argv[13]);
  interval_ns = rate > 0 ? 1e9 / rate : 0;
  if (gather < 1 || gather > MAX_GATHERED || connection_count < 1 || thread_count < 1 || thread_count > connection_count) return 2;
  for (char *port = strtok(argv[3], ","); port != NULL && port_count < MAX_PORTS; port = strtok(NULL, ",")) {
    struct sockaddr_in *address = &addresses[port_count++];
    address->sin_family = AF_INET;
    address->sin_port = htons((uint16_t)atoi(port));
    if (inet_pton(AF_INET, argv[2], &address->sin_addr) != 1) die("address");
  }
  if (port_count == 0) return 2;
  read_frames(argv[1]);
  for (int i = 0; i < connection_count; i++) {
    connections[i].index = i;
    if (connections[i].frame_count == 0) {
      fprintf(stderr, "no frames for connection %d\n", i);
      return 2;
    }
  }
  warm_up_ns = atoll(argv[7]) * 1000000;
  duration_ns = atoll(argv[8]) * 1000000;
  pthread_barrier_init(&all_open, NULL, (unsigned)thread_count);
  Worker *workers = calloc((size_t)thread_count, sizeof(Worker));
  for (int i = 0; i < thread_count; i++) {
    workers[i].index = i;
    if (pthread_create(&workers[i].thread, NULL, run, &workers[i]) != 0) die("thread");
  }
  Worker sum = {0};
  for (int i = 0; i < thread_count; i++) {
    Worker *w = &workers[i];
    pthread_join(w->thread, NULL);
    sum.requests += w->requests;
    sum.bytes_sent += w->bytes_sent;
    sum.bytes_received += w->bytes_received;
    sum.errors += w->errors;
    sum.all_requests += w->all_requests;
    sum.all_bytes_sent += w->all_bytes_sent;
    sum.all_bytes_received += w->all_bytes_received;
    if (w->first_ns && (sum.first_ns == 0 || w->first_ns < sum.first_ns)) sum.first_ns = w->first_ns;
    if (w->last_ns > sum.last_ns) sum.last_ns = w->last_ns;
    if (w->max_us > sum.max_us) sum.max_us = w->max_us;
    for (int s = 0; s < SLOTS; s++) sum.histogram[s] += w->histogram[s];
  }
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  double cpu = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
  printf("{\"requests\":%llu,\"bytesSent\":%llu,\"bytesReceived\":%llu,\"errors\":%llu,\"seconds\":%.6f,"
         "\"allRequests\":%llu,\"allBytesSent\":%llu,\"allBytesReceived\":%llu,\"allSeconds\":%.6f,\"clientCpuSeconds\":%.3f,"
         "\"latencyUs\":{\"p50\":%.0f,\"p99\":%.0f,\"p999\":%.0f,\"max\":%lld}}\n",
         (unsigned long long)sum.requests, (unsigned long long)sum.bytes_sent, (unsigned long long)sum.bytes_received,
         (unsigned long long)sum.errors, interval_ns > 0 ? (double)duration_ns / 1e9 : (double)(sum.last_ns - (sum.first_ns ? warm_until_ns : 0)) / 1e9,
         (unsigned long long)sum.all_requests, (unsigned long long)sum.all_bytes_sent,
         (unsigned long long)sum.all_bytes_received, (double)(now_ns() - start_ns) / 1e9, cpu,
         quantile(sum.histogram, sum.requests, 0.5), quantile(sum.histogram, sum.requests, 0.99),
         quantile(sum.histogram, sum.requests, 0.999), (long long)sum.max_us);
  return sum.errors ? 1 : 0;
}
