// The load client: many WebSockets in one thread, which costs little beside what it measures.
//   client PORT CLIENTS PATH HEADERS FIRST
// HEADERS are lines of the request, FIRST is a message that each socket sends once it is open. It
// prints a line of JSON when every socket is open and quiet, and then does what the lines of standard
// input say, each answered by a line of JSON:
//   run SIZE LEAST SECONDS HZ     LEAST: bytes of the smallest message that counts
// In a run the first socket sends "SIZE T": with HZ 0 again as soon as every socket has its message,
// otherwise HZ times a second; T counts up, and comes back as "t" in messages that are not deflated.
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { HEAD_MAX = 10, PREFIX_MAX = 160, EVENTS_MAX = 512, OPENING_MAX = 200, ROUNDS_MAX = 1 << 20 };
#define QUIET_US 300000.0
#define LEFT_OUT_US 1000000.0
#define ROUND_US_MAX 20000000.0
#define READY_US_MAX 90000000.0
#define FIRST_STAMP 1785724200000LL

struct conn {
  int fd, head_length, prefix_length;
  char is_open, is_gone;
  unsigned char head[HEAD_MAX];
  char prefix[PREFIX_MAX + 1];
  uint64_t left, length;
  uint32_t round;
};

static struct conn *conns;
static int client_count, open_count, gone_count, poll_fd;
static uint64_t bytes_in, messages_in, small_in, deliveries;
static long least_bytes;
static double last_us, trigger_us[ROUNDS_MAX];
static uint32_t round_number, *waits;
static size_t wait_count, wait_room;
static long got_this_round;
static const char *request, *first_message;
static char in[1 << 18];

static void fail(const char *what) { perror(what); exit(1); }

static double now_us(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e6 + t.tv_nsec / 1e3;
}

// A mask of zeros leaves the text as it is.
static void send_text(struct conn *c, const char *text) {
  size_t length = strlen(text), head = length < 126 ? 6 : 8;
  char frame[4096] = {(char)0x81};
  if (head + length > sizeof frame) { fputs("message too long\n", stderr); exit(1); }
  frame[1] = (char)(0x80 | (length < 126 ? length : 126));
  if (head == 8) { frame[2] = (char)(length >> 8); frame[3] = (char)length; }
  memcpy(frame + head, text, length);
  if (send(c->fd, frame, head + length, MSG_NOSIGNAL) != (ssize_t)(head + length)) fail("send");
}

static void add_wait(double us) {
  if (wait_count == wait_room) waits = realloc(waits, (wait_room = wait_room * 2 + 65536) * sizeof *waits);
  waits[wait_count++] = us < 0 ? 0 : (uint32_t)us;
}

static void message(struct conn *c) {
  messages_in++;
  if ((long)c->length < least_bytes || round_number == 0) { small_in++; return; }
  uint32_t round = round_number;
  c->prefix[c->prefix_length] = 0;
  const char *stamp = strstr(c->prefix, "\"t\":");
  if (stamp) {
    long long told = atoll(stamp + 4) - FIRST_STAMP;
    if (told > 0 && told <= round_number) round = (uint32_t)told;
  }
  deliveries++;
  add_wait(last_us - trigger_us[round]);
  if (c->round != round_number) { c->round = round_number; got_this_round++; }
}

static int head_size(const struct conn *c) {
  if (c->head_length < 2) return 2;
  int short_length = c->head[1] & 127;
  return short_length < 126 ? 2 : short_length == 126 ? 4 : 10;
}

static void take(struct conn *c, const char *at, size_t count) {
  while (count > 0) {
    if (c->head_length < head_size(c)) {
      c->head[c->head_length++] = (unsigned char)*at++;
      count--;
      if (c->head_length < head_size(c)) continue;
      c->length = c->head[1] & 127;
      if (c->head_length > 2) {
        c->length = 0;
        for (int i = 2; i < c->head_length; i++) c->length = c->length << 8 | c->head[i];
      }
      c->left = c->length;
      c->prefix_length = 0;
    } else {
      size_t part = count < c->left ? count : c->left, room = PREFIX_MAX - c->prefix_length;
      size_t keep = part < room ? part : room;
      memcpy(c->prefix + c->prefix_length, at, keep);
      c->prefix_length += keep;
      c->left -= part;
      at += part;
      count -= part;
    }
    if (c->left == 0 && c->head_length == head_size(c)) {
      // Pings are not answered: no run lasts as long as a server waits for that.
      if ((c->head[0] & 15) < 8) message(c);
      c->head_length = 0;
    }
  }
}

static void gone(struct conn *c) {
  if (!c->is_open) { fputs("a socket was refused\n", stderr); exit(1); }
  c->is_gone = 1;
  gone_count++;
  close(c->fd);
}

static void receive(struct conn *c) {
  ssize_t got = recv(c->fd, in, sizeof in, 0);
  if (got < 0 && errno == EAGAIN) return;
  if (got <= 0) return gone(c);
  last_us = now_us();
  bytes_in += got;
  if (c->is_open) return take(c, in, got);
  // The answer to the upgrade comes in one piece.
  char *end = memmem(in, got, "\r\n\r\n", 4);
  if (!end || strncmp(in, "HTTP/1.1 101", 12)) { fwrite(in, 1, got, stderr); exit(1); }
  c->is_open = 1;
  open_count++;
  if (*first_message) send_text(c, first_message);
  take(c, end + 4, in + got - end - 4);
}

static void turn(int wait_ms) {
  struct epoll_event ready[EVENTS_MAX];
  int count = epoll_wait(poll_fd, ready, EVENTS_MAX, wait_ms);
  for (int i = 0; i < count; i++) receive(ready[i].data.ptr);
}

static void open_all(int port) {
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(port),
                           .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  struct linger hard = {1, 0};
  int on = 1;
  for (int i = 0; i < client_count; i++) {
    struct conn *c = &conns[i];
    c->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (c->fd < 0 || connect(c->fd, (struct sockaddr *)&at, sizeof at)) fail("connect");
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    // Ports that wait for stragglers would be missing in the next run.
    setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    if (send(c->fd, request, strlen(request), MSG_NOSIGNAL) < 0) fail("send");
    fcntl(c->fd, F_SETFL, O_NONBLOCK);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
    epoll_ctl(poll_fd, EPOLL_CTL_ADD, c->fd, &event);
    while (i + 1 - open_count > OPENING_MAX) turn(100);
  }
}

static void settle(void) {
  double since_us = now_us();
  last_us = since_us;
  while (open_count < client_count || now_us() - last_us < QUIET_US) {
    turn(20);
    if (now_us() - since_us > READY_US_MAX) { fputs("sockets never became quiet\n", stderr); exit(1); }
  }
}

static int compare(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return x < y ? -1 : x > y;
}

static double quantile_ms(double share) {
  return wait_count ? waits[(size_t)((wait_count - 1) * share)] / 1e3 : 0;
}

static void trigger(long size) {
  char order[64];
  snprintf(order, sizeof order, "%ld %lld", size, FIRST_STAMP + ++round_number);
  got_this_round = 0;
  trigger_us[round_number] = now_us();
  send_text(&conns[0], order);
}

static void run(long size, double seconds, double hz) {
  double start_us = now_us(), end_us = start_us + seconds * 1e6, due_us = start_us;
  bytes_in = messages_in = small_in = deliveries = wait_count = round_number = 0;
  for (int i = 0; i < client_count; i++) conns[i].round = 0;
  trigger(size);
  for (;;) {
    double now = now_us(), since_us = now - trigger_us[round_number];
    // A paced server may lag by some rounds; one that left messages out is not waited for any longer.
    uint64_t wanted = (uint64_t)round_number * (client_count - gone_count);
    int is_whole = hz > 0 ? deliveries >= wanted : got_this_round >= client_count - gone_count;
    if (now >= end_us && (is_whole || (hz > 0 && now - last_us > LEFT_OUT_US))) break;
    if (since_us > ROUND_US_MAX) break;
    if (now < end_us && round_number < ROUNDS_MAX - 1) {
      if (hz == 0 && is_whole) { trigger(size); continue; }
      if (hz > 0 && now - due_us >= 1e6 / hz) { due_us += 1e6 / hz; trigger(size); continue; }
    }
    // With a processor of its own it never sleeps: to wake it would be work of the server, and the
    // more of it the slower the server is.
    double left_us = hz > 0 ? due_us + 1e6 / hz - now : 0;
    turn(left_us < 1e3 ? 0 : left_us > 1e4 ? 10 : (int)(left_us / 1e3));
  }
  double took_s = ((hz > 0 && last_us < end_us ? end_us : last_us) - start_us) / 1e6;
  qsort(waits, wait_count, sizeof *waits, compare);
  printf("{\"rounds\":%u,\"deliveries\":%llu,\"seconds\":%.4f,\"bytes\":%llu,\"small\":%llu,"
         "\"p50Ms\":%.3f,\"p99Ms\":%.3f,\"maxMs\":%.3f,\"missing\":%lld,\"gone\":%d}\n",
         round_number, (unsigned long long)deliveries, took_s, (unsigned long long)bytes_in,
         (unsigned long long)small_in, quantile_ms(.5), quantile_ms(.99), quantile_ms(1),
         (long long)round_number * client_count - (long long)deliveries, gone_count);
  fflush(stdout);
  round_number = 0;
}

int main(int argc, char **argv) {
  if (argc != 6) return 2;
  client_count = atoi(argv[2]);
  first_message = argv[5];
  char *text = malloc(4096);
  snprintf(text, 4096,
           "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n%s\r\n",
           argv[3], argv[1], argv[4]);
  request = text;
  conns = calloc(client_count, sizeof *conns);
  poll_fd = epoll_create1(0);
  double start_us = now_us();
  open_all(atoi(argv[1]));
  while (open_count < client_count) turn(20);
  double opened_ms = (now_us() - start_us) / 1e3;
  settle();
  printf("{\"openedMs\":%.1f}\n", opened_ms);
  fflush(stdout);
  // Frames that nobody ordered are taken while the next line is waited for.
  for (char line[256];;) {
    struct pollfd order = {.fd = 0, .events = POLLIN};
    while (poll(&order, 1, 0) == 0) turn(10);
    if (!fgets(line, sizeof line, stdin)) return 0;
    long size;
    double seconds, hz;
    if (sscanf(line, "run %ld %ld %lf %lf", &size, &least_bytes, &seconds, &hz) != 4) return 2;
    run(size, seconds, hz);
  }
}
