/*
 * What the sockets of an MMO room cost without a language above them: reads what comes and, four times a second, writes to
 * everybody what Warren would, with one system call for each read and each write. Ends when its input does.
 * To be built with UPDATE_BYTES and UPDATE_MILLIS (below a second) defined.
 */
#define _GNU_SOURCE
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

#define MAX_FD 65536
#define UPDATE_NANOS (UPDATE_MILLIS * 1000000L)

static int lines[MAX_FD], count;
static char bytes[65536], update[UPDATE_BYTES] = { (char)0x80, 0, UPDATE_BYTES - 3 };

static void watch(int poll, int fd)
{
	struct epoll_event event = { .events = EPOLLIN, .data.fd = fd };
	epoll_ctl(poll, EPOLL_CTL_ADD, fd, &event);
}

static void admit(int poll, int listener)
{
	int on = 1, fd = accept4(listener, 0, 0, SOCK_NONBLOCK);
	if (fd < 0)
		return;
	if (fd >= MAX_FD) {
		close(fd);
		return;
	}
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	lines[count++] = fd;
	watch(poll, fd);
}

static void drop(int fd)
{
	close(fd);
	for (int i = 0; i < count; i++)
		if (lines[i] == fd)
			lines[i--] = lines[--count];
}

int main(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t length = sizeof address;
	int listener = socket(AF_INET, SOCK_STREAM, 0), poll = epoll_create1(0);
	int timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
	struct itimerspec interval = { { 0, UPDATE_NANOS }, { 0, UPDATE_NANOS } };
	static struct epoll_event events[1024];

	if (bind(listener, (struct sockaddr *)&address, length) || listen(listener, 1024))
		return 1;
	getsockname(listener, (struct sockaddr *)&address, &length);
	timerfd_settime(timer, 0, &interval, 0);
	watch(poll, listener);
	watch(poll, timer);
	watch(poll, STDIN_FILENO);
	printf("%d\n", ntohs(address.sin_port));
	fflush(stdout);

	for (;;) {
		int ready = epoll_wait(poll, events, 1024, -1);
		for (int i = 0; i < ready; i++) {
			int fd = events[i].data.fd;
			if (fd == STDIN_FILENO)
				return 0;
			if (fd == listener) {
				admit(poll, listener);
			} else if (fd == timer) {
				uint64_t times;
				if (read(timer, &times, sizeof times) > 0)
					for (int n = 0; n < count; n++)
						send(lines[n], update, UPDATE_BYTES, MSG_NOSIGNAL | MSG_DONTWAIT);
			} else if (read(fd, bytes, sizeof bytes) <= 0) {
				drop(fd);
			}
		}
	}
}
