/*
 * A broker that stores nothing: the bare limit of sockets and system calls on this machine. It reads frames into one
 * buffer a thread, looks at nothing but their size, correlation id and client id, and answers with the answer that was
 * built beforehand under the number that stands in the client id.
 *
 *   sink ANSWERS port threads [DIRECTORY]
 *
 * ANSWERS: repeated (u32 number, u32 length, frame), in the machine's byte order. Says "listening" when it is.
 * Connections are dealt out to the threads in turn. With a DIRECTORY all that is read is written there before it is
 * answered, by each thread to files of its own: the limit of storing, with nothing checked and nothing in order.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#define MAX_ANSWERS 4096
#define MAX_THREADS 64
#define MAX_WAITING 8192
#define MAX_GATHERED 64
#define LANDING_BYTES (256 << 10)
#define HEAD_BYTES 64
#define FILE_BYTES (1l << 30)
/* size, api key, version, correlation id, length of the client id */
#define FIXED_BYTES 14

typedef struct {
  char *bytes;
  uint32_t length;
} Answer;

typedef struct {
  int fd;
  char head[HEAD_BYTES]; /* start of the frame that is coming in */
  uint32_t head_length;
  int64_t left;          /* bytes of it still to come; -1: its size is not known yet */
  int first, waiting;    /* answers that are not sent yet, in a ring */
  uint32_t offset;       /* bytes of the first that are sent */
  uint32_t number[MAX_WAITING];
  char correlation[MAX_WAITING][4];
} Connection;

static Answer table[MAX_ANSWERS];
static int epolls[MAX_THREADS];
static const char *stored_in;
static int files_made;
static __thread int file = -1;
static __thread int64_t file_length;

static void die(const char *what) {
  perror(what);
  exit(2);
}

static void read_answers(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) die(path);
  uint32_t head[2];
  while (fread(head, 4, 2, file) == 2) {
    if (head[0] >= MAX_ANSWERS) die("answer number");
    Answer *answer = &table[head[0]];
    answer->length = head[1];
    answer->bytes = malloc(head[1]);
    if (!answer->bytes || fread(answer->bytes, 1, head[1], file) != head[1]) die("answers");
  }
  fclose(file);
}

static void gone(Connection *c) {
  close(c->fd);
  free(c);
}

/* The answer's size, the request's correlation id, and the rest of the answer, of as many answers as wait. */
static int send_waiting(Connection *c) {
  while (c->waiting > 0) {
    struct iovec gathered[MAX_GATHERED];
    int count = 0;
    uint32_t skip = c->offset;
    for (int i = 0; i < c->waiting && count + 3 <= MAX_GATHERED; i++) {
      int at = (c->first + i) % MAX_WAITING;
      Answer *answer = &table[c->number[at]];
      char *parts[3] = {answer->bytes, c->correlation[at], answer->bytes + 8};
      uint32_t lengths[3] = {4, 4, answer->length - 8};
      for (int p = 0; p < 3; p++) {
        uint32_t cut = skip < lengths[p] ? skip : lengths[p];
        skip -= cut;
        if (cut == lengths[p]) continue;
        gathered[count].iov_base = parts[p] + cut;
        gathered[count++].iov_len = lengths[p] - cut;
      }
    }
    ssize_t sent = writev(c->fd, gathered, count);
    if (sent < 0) return errno == EAGAIN || errno == EINTR ? 0 : -1;
    uint64_t done = c->offset + (uint64_t)sent;
    while (c->waiting > 0 && done >= table[c->number[c->first]].length) {
      done -= table[c->number[c->first]].length;
      c->first = (c->first + 1) % MAX_WAITING;
      c->waiting--;
    }
    c->offset = (uint32_t)done;
  }
  return 0;
}

static int frame_came(Connection *c) {
  uint16_t id_length;
  memcpy(&id_length, c->head + 12, 2);
  id_length = ntohs(id_length);
  char id[16] = {0};
  if (c->head_length < FIXED_BYTES + (uint32_t)id_length || id_length >= sizeof(id) || c->waiting == MAX_WAITING) return -1;
  memcpy(id, c->head + FIXED_BYTES, id_length);
  int number = atoi(id);
  if (number < 0) return 0; /* acks=0: no answer */
  if (number >= MAX_ANSWERS || !table[number].bytes) return -1;
  int at = (c->first + c->waiting++) % MAX_WAITING;
  c->number[at] = (uint32_t)number;
  memcpy(c->correlation[at], c->head + 8, 4);
  return 0;
}

static int landed(Connection *c, const char *bytes, ssize_t length) {
  while (length > 0) {
    if (c->left < 0) {
      while (c->head_length < 4 && length > 0) {
        c->head[c->head_length++] = *bytes++;
        length--;
      }
      if (c->head_length < 4) return 0;
      uint32_t size;
      memcpy(&size, c->head, 4);
      c->left = ntohl(size);
    }
    ssize_t take = length < c->left ? length : (ssize_t)c->left;
    uint32_t room = HEAD_BYTES - c->head_length;
    uint32_t kept = take < room ? (uint32_t)take : room;
    memcpy(c->head + c->head_length, bytes, kept);
    c->head_length += kept;
    bytes += take;
    length -= take;
    c->left -= take;
    if (c->left > 0) return 0;
    if (frame_came(c) != 0) return -1;
    c->head_length = 0;
    c->left = -1;
  }
  return 0;
}

static void store(const char *bytes, ssize_t length) {
  if (file < 0 || file_length >= FILE_BYTES) {
    char path[4096];
    snprintf(path, sizeof(path), "%s/%d", stored_in, __sync_fetch_and_add(&files_made, 1));
    if (file >= 0) close(file);
    file = open(path, O_CREAT | O_EXCL | O_WRONLY, 0644);
    if (file < 0) die(path);
    file_length = 0;
  }
  file_length += length;
  while (length > 0) {
    ssize_t written = write(file, bytes, length);
    if (written <= 0) die("write");
    bytes += written;
    length -= written;
  }
}

static int readable(Connection *c, char *landing) {
  for (;;) {
    ssize_t length = recv(c->fd, landing, LANDING_BYTES, 0);
    if (length == 0) return -1;
    if (length < 0) return errno == EAGAIN || errno == EINTR ? 0 : -1;
    if (stored_in) store(landing, length);
    if (landed(c, landing, length) != 0) return -1;
    if (length < LANDING_BYTES) return 0;
    if (send_waiting(c) != 0) return -1;
  }
}

static void *serve(void *argument) {
  int epoll = *(int *)argument;
  char *landing = malloc(LANDING_BYTES);
  struct epoll_event events[256];
  for (;;) {
    int count = epoll_wait(epoll, events, 256, -1);
    for (int i = 0; i < count; i++) {
      Connection *c = events[i].data.ptr;
      int bad = events[i].events & EPOLLIN ? readable(c, landing) : 0;
      if (bad || send_waiting(c) != 0) gone(c);
    }
  }
  return NULL;
}

int main(int argc, char **argv) {
  if (argc != 4 && argc != 5) {
    fprintf(stderr, "usage: sink ANSWERS port threads [DIRECTORY]\n");
    return 2;
  }
  /* Who closes with answers on their way ends a connection, not the sink. */
  signal(SIGPIPE, SIG_IGN);
  read_answers(argv[1]);
  stored_in = argv[4];
  int threads = atoi(argv[3]);
  if (threads < 1 || threads > MAX_THREADS) return 2;
  int listener = socket(AF_INET, SOCK_STREAM, 0), one = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(argv[2]))};
  inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
  if (bind(listener, (struct sockaddr *)&address, sizeof(address)) != 0 || listen(listener, 512) != 0) die("listen");
  for (int i = 0; i < threads; i++) {
    pthread_t thread;
    epolls[i] = epoll_create1(0);
    if (pthread_create(&thread, NULL, serve, &epolls[i]) != 0) die("thread");
  }
  printf("listening\n");
  fflush(stdout);
  for (int turn = 0;; turn++) {
    int fd = accept(listener, NULL, NULL);
    if (fd < 0) continue;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
    fcntl(fd, F_SETFL, O_NONBLOCK);
    Connection *c = calloc(1, sizeof(Connection));
    c->fd = fd;
    c->left = -1;
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = c};
    epoll_ctl(epolls[turn % threads], EPOLL_CTL_ADD, fd, &event);
  }
}
